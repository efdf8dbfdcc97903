from __future__ import annotations

import pytest

from understudy.cli.selection import selection
from understudy.core.failures import BadRequestError
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic


@pytest.mark.parametrize(
    ("codes", "code", "wanted"),
    [
        ([], "F401", True),
        (["F401"], "F401", True),
        (["f4"], "F401", True),
        (["F"], "F401", True),
        (["F"], "FURB101", False),
        (["C4"], "C419", True),
        (["C4"], "C90", False),
        (["PL"], "PLR0913", True),
        (["P"], "PLR0913", False),
        (["E", "W"], "W291", True),
        (["E, W"], "W291", True),
        (["F401"], "F4", False),
        (["report"], "reportOptionalMemberAccess", False),
        (["reportOptionalMemberAccess"], "reportOptionalMemberAccess", True),
        (["invalid-syntax"], "syntax-error", True),
        (["syntax-error"], "invalid-syntax", True),
        (["syntax"], "syntax-error", False),
    ],
)
def test_a_code_or_the_beginning_of_one_selects(codes: list[str], code: str, wanted: bool) -> None:
    diagnostic = Diagnostic("ruff", code, "", Span(0, 0))
    assert selection(codes)(diagnostic) is wanted


def test_an_empty_code_is_refused_instead_of_meaning_everything() -> None:
    with pytest.raises(BadRequestError, match="needs a code"):
        selection(["", " , "])
