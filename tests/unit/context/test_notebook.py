"""Cells as plain Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.context.notebook import is_python, joined, others_parse, plain
from understudy.workspace.view import Notebook, View


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\nx = 1\n",
        "!ls\n",
        "if x:\n    %time\n    !pip install y\n",
        "files = !ls *.py\nhere = %pwd\n",
        "len?\n??len\nx = 1\n",
        "%%time\nx = 1\n",
        "%%bash\nls | (\n",
        "%%html\n<b>\r\n</b>",
        "await x\n",
        "async with a: pass",
    ],
)
def test_what_only_ipython_reads_is_plain_python_of_the_same_length(cell: str) -> None:
    assert is_python(plain(cell))
    assert len(plain(cell)) == len(cell)


@pytest.mark.parametrize("cell", ["x = (10\n  % 3)\n", "'''\n!a\n%b\n'''\n", "", "x = 1"])
def test_what_is_python_stays_as_it_is(cell: str) -> None:
    assert plain(cell) == cell


def test_what_is_broken_stays_broken() -> None:
    assert not is_python(plain("%time\ndef f(:\n"))
    assert not others_parse(Notebook(later=("def f(:\n",)))
    assert others_parse(Notebook(("%time\n",), ("x = 1",)))


def test_the_cells_are_joined_in_their_order() -> None:
    notebook = Notebook(("a = 1", "!ls\n"), ("c = 3",))
    program, start = joined(View("x", "%pip\nb = 2", Policy(), notebook=notebook))
    assert program == "a = 1\n#ls\n\npass\nb = 2\nc = 3"
    assert program[start:].startswith("pass\nb = 2")
    assert joined(View("x", "b = 2", Policy())) == ("b = 2", 0)


@given(st.text(alphabet=st.sampled_from("ab =%!?#()\n\r\t'\\é😀")))
def test_no_character_of_any_text_moves(cell: str) -> None:
    found = plain(cell)
    assert len(found) == len(cell)
    assert [char in "\r\n" for char in found] == [char in "\r\n" for char in cell]
