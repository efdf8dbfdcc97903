"""Wrong arguments are told in sentences that name the client's own members."""

from __future__ import annotations

from typing import Any

import pytest

from understudy.core.failures import BadRequestError
from understudy.lsp.extensions import read

PLACE = {"line": 0, "character": 0}


@pytest.mark.parametrize(
    ("argument", "complaint"),
    [
        ({}, "`uri` of `understudy.fix` is missing; `range` of `understudy.fix` is missing."),
        (
            {"uri": 5, "range": {"start": PLACE, "end": PLACE}},
            "`uri` of `understudy.fix` must be text.",
        ),
        (
            {"uri": "a", "range": {"start": PLACE, "end": {"line": "x", "character": 0}}},
            "`range.end.line` of `understudy.fix` must be a whole number.",
        ),
        (
            {"uri": "a", "range": {"start": PLACE, "end": PLACE}, "diagnostics": "all"},
            "`diagnostics` of `understudy.fix` must be a list.",
        ),
    ],
)
def test_each_complaint_names_the_member_and_what_it_must_be(
    argument: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadRequestError) as refused:
        read("FixArguments", "understudy.fix", [argument])
    assert str(refused.value) == complaint


def test_members_are_spelled_as_the_client_spells_them() -> None:
    with pytest.raises(BadRequestError, match=r"`editId` of `understudy\.discard` must be text"):
        read("EditArguments", "understudy.discard", [{"editId": 5}])
