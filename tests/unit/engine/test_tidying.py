"""A failed edit is mended where the answer is certain, and left alone where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.sweep_factory import ONLY_RUFF, document
from understudy.core.text import Edit, Span, apply
from understudy.engine.checking import check, close_checkers
from understudy.engine.tidying import mends
from understudy.workspace.diagnostics import Diagnostic, Suggestion

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

RULES = '[tool.ruff.lint]\nselect = ["F", "I"]\n'


@pytest.fixture(autouse=True)
async def _closed() -> AsyncIterator[None]:
    yield
    await close_checkers()


async def mended(text: str, folder: Path) -> tuple[str, tuple[str, ...]]:
    """The text with what is certain about all that ruff finds in it, looked at twice."""
    (folder / "pyproject.toml").write_text(RULES)
    every: tuple[str, ...] = ()
    for _ in range(2):
        view = document(text, folder)
        found = [one for each in await check(view, ONLY_RUFF) for one in each.diagnostics]
        assert found or every
        edits, whys = mends(view, found)
        text, every = apply(text, edits), (*every, *whys)
    return text, every


async def test_a_missing_import_is_added(tmp_path: Path) -> None:
    text, whys = await mended('def home():\n    return Path("~")\n', tmp_path)
    assert "from pathlib import Path\n" in text
    assert whys


async def test_an_unused_import_goes_and_imports_are_put_in_order(tmp_path: Path) -> None:
    text, whys = await mended("import sys\nimport os\nimport json\n\nprint(sys, os)\n", tmp_path)
    assert text == "import os\nimport sys\n\nprint(sys, os)\n"
    assert len(whys) == 2


async def test_one_finding_without_an_answer_leaves_all_as_it_is(tmp_path: Path) -> None:
    before = "import json\n\nprint(entirely_unheard_of_thing)\n"
    assert await mended(before, tmp_path) == (before, ())


async def test_a_misspelt_name_is_left_to_whoever_wrote_it(tmp_path: Path) -> None:
    before = "def f(result):\n    return reslt\n"
    assert await mended(before, tmp_path) == (before, ())


async def test_a_fix_that_its_tool_calls_unsafe_is_not_carried_out(tmp_path: Path) -> None:
    before = "def f():\n    unused = print(1)\n"
    assert await mended(before, tmp_path) == (before, ())


def test_two_fixes_of_one_place_are_not_carried_out_at_once(tmp_path: Path) -> None:
    view = document("abc = 1\n", tmp_path)
    found = [
        Diagnostic("x", str(n), "m", Span(0, 3), suggestions=(_fix(str(n)),)) for n in range(3)
    ]
    edits, whys = mends(view, found)
    assert apply(view.text, edits) == "0 = 1\n"
    assert whys == ("x: Write 0.",)


def test_a_fix_beyond_the_text_is_not_carried_out(tmp_path: Path) -> None:
    view = document("abc = 1\n", tmp_path)
    far = Suggestion("Far.", (Edit(Span(50, 60), ""),), safe=True)
    found = [Diagnostic("x", "1", "m", Span(0, 3), suggestions=(far,))]
    assert mends(view, found) == ((), ())


def test_an_edit_with_very_much_to_mend_is_left_alone(tmp_path: Path) -> None:
    view = document("a\n" * 40, tmp_path)
    found = [
        Diagnostic("x", "1", "m", Span(2 * n, 2 * n + 1), suggestions=(_fix("b"),))
        for n in range(40)
    ]
    assert mends(view, found) == ((), ())


def _fix(text: str) -> Suggestion:
    return Suggestion(f"Write {text}", (Edit(Span(0, 3), text),), safe=True)
