"""One API family per file: how a request is written for it and how its events are read.

Each defines `FAMILY`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.core.plugins import load_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.wire import Endpoint, Request
    from understudy.wire.framing import Stream
    from understudy.wire.reader import Reader


@dataclass(frozen=True, slots=True)
class Family:
    """An API that many servers speak.

    Attributes:
        id: its name in settings: the `kind` of a provider.
        stream: how the events of a reply are told apart.
        url: where a request for a model goes. Never with a key in it: addresses are logged.
        headers: those that carry the key and the API's version; names in lower case.
        body: the request as JSON. It leaves out what `Request.without` names.
        reader: makes a reader for one reply.
    """

    id: str
    stream: Stream
    url: Callable[[Endpoint, str], str]
    headers: Callable[[Endpoint], Mapping[str, str]]
    body: Callable[[Request, Endpoint], dict[str, Any]]
    reader: Callable[[], Reader]


def all_families() -> dict[str, Family]:
    """Every family, by its id."""
    return load_folder(sys.modules[__name__], "FAMILY", Family)
