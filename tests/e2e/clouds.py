"""A cloud that nobody reaches: who would be asked is noted, and the good answer given."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.e2e.modelled import GOOD, KEY
from understudy.wire import Reply, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from understudy.wire import Endpoint, Request

CLOUD = """
[checkers.basedpyright]
enabled = false

[providers.openai]
key = "{env:ACME_KEY}"

[models."openai/one"]
price_in = 1.0
price_out = 2.0

[model_routing]
debugging = ["builtin/rules", "openai/one"]
"""


def answering(
    monkeypatch: pytest.MonkeyPatch, instead: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Clouds that give the good answer, or another one by a word of their address; who was asked.

    The addresses are real ones, which no test may reach.
    """
    reached: list[str] = []

    async def send(_: Request, endpoint: Endpoint, *__: object, **___: object) -> Reply:
        reached.append(endpoint.base_url)
        said = next((instead[one] for one in instead if one in endpoint.base_url), GOOD.text)
        return Reply(said, usage=Usage(input=1000, output=100))

    monkeypatch.setenv("ACME_KEY", KEY)
    monkeypatch.setattr("understudy.wire.call.call", send)
    return reached
