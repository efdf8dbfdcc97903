"""Only lines that import something are put in order, whatever else there is a certain answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.sweep_factory import document
from understudy.core.text import Edit, Span, apply
from understudy.engine.organizing import import_mends
from understudy.workspace.diagnostics import Diagnostic, Suggestion

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "import os\nfrom a import (\n    b,\n    c,\n)\n\nx = os == None\n"


def found(start: int, end: int, new: str) -> Diagnostic:
    """A finding of a tool that knows a safe fix."""
    fix = Suggestion("Mend it.", (Edit(Span(start, end), new),), safe=True)
    return Diagnostic("ruff", "X1", "Mend it.", Span(start, end), suggestions=(fix,))


def mended(text: str, folder: Path, *each: Diagnostic) -> str:
    return apply(text, import_mends(document(text, folder), each)[0])


def at(words: str, new: str) -> Diagnostic:
    start = TEXT.index(words)
    return found(start, start + len(words), new)


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("import os\n", ""),
        ("import os", "import os, sys"),
        ("from a import (\n    b,\n    c,\n)\n", "from a import b\n"),
        ("    c,\n", ""),
        ("\nx =", "import sys\n\nx ="),
    ],
)
def test_what_changes_imports_alone_is_done(words: str, new: str, tmp_path: Path) -> None:
    assert mended(TEXT, tmp_path, at(words, new)) == TEXT.replace(words, new)


@pytest.mark.parametrize(
    ("words", "new"),
    [("== None", "is None"), ("import os\n", "print(1)\n"), ("x = ", "import sys\nx != ")],
)
def test_what_changes_other_code_is_left(words: str, new: str, tmp_path: Path) -> None:
    assert mended(TEXT, tmp_path, at(words, new)) == TEXT


def test_what_has_no_certain_answer_keeps_nothing_else_from_its_answer(tmp_path: Path) -> None:
    open_one = Diagnostic("ruff", "X2", "Nobody knows.", Span(0, 1))
    gone = mended(TEXT, tmp_path, open_one, at("== None", "is None"), at("import os\n", ""))
    assert gone == TEXT.replace("import os\n", "")


def test_two_answers_for_one_place_are_not_carried_out_at_once(tmp_path: Path) -> None:
    both = (at("import os\n", ""), at("import os", "import sys"))
    assert mended(TEXT, tmp_path, *both) == TEXT.replace("import os\n", "")


@given(st.data())
def test_any_text_and_fix_leave_a_text(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    letters = st.text(alphabet='import x=\n\r,({})"fromπ😀', max_size=40)
    text, new = data.draw(letters), data.draw(letters)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    changed = text[:start] + new + text[end:]
    folder = tmp_path_factory.getbasetemp()
    assert mended(text, folder, found(start, end, new)) in {text, changed}
