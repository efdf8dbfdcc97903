from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.block import block_around
from understudy.core.lines import LineIndex
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from understudy.context.grammar import Grammar

FILLER = "".join(f"value_{n} = {n}\n" for n in range(80))
PYTHON = FILLER + (
    "class Basket:\n"
    "    size = 3\n"
    "\n"
    "    # How much it all costs.\n"
    "    @property\n"
    "    def total(\n"
    "        self,\n"
    "    ) -> int:\n"
    "        if self.size:\n"
    "            return 1\n"
    "        return 0\n"
    "\n"
    "    def other(self) -> None:\n"
    "        pass\n"
)
GO = (
    FILLER.replace("=", ":=")
    + "func add(a int) int {\n\tif a > 1 {\n\t\treturn 1\n\t} else {\n\t\treturn 2\n\t}\n}\n\nvar x = 1\n"
)


def block(text: str, needle: str, most: int) -> str:
    index = LineIndex(text)
    line = index.line_of(text.index(needle))
    found = block_around(index, range(line, line + 1), most)
    return "".join(index.lines[found.start : found.stop])


def test_a_short_file_is_one_block() -> None:
    assert block_around(LineIndex("a\nb\nc\n"), range(1, 2)) == range(3)
    assert block_around(LineIndex("a\nb"), range(1, 2)) == range(2)


def test_the_outermost_block_that_fits_is_taken() -> None:
    assert block(PYTHON, "return 1", 120).startswith("class Basket")
    method = block(PYTHON, "return 1", 12)
    assert method.startswith("    # How much")
    assert method.endswith("        return 0\n")
    assert block(PYTHON, "return 1", 3) == "        if self.size:\n            return 1\n"


def test_braces_close_what_they_opened() -> None:
    whole = block(GO, "return 2", 120)
    assert whole.startswith("func add")
    assert whole.endswith("\t}\n}\n")


def test_lines_that_no_block_holds_come_with_their_neighbours() -> None:
    index = LineIndex(PYTHON)
    assert block_around(index, range(10, 90), most=20) == range(2, len(index))


@given(st.text(alphabet="ab:{}() \t\n#@", max_size=400), st.data())
def test_a_block_always_holds_the_lines(text: str, data: st.DataObject) -> None:
    index = LineIndex(text * 3)
    first = data.draw(st.integers(0, len(index) - 1))
    last = data.draw(st.integers(first, len(index) - 1))
    found = block_around(index, range(first, last + 1), data.draw(st.integers(1, 50)))
    assert found.start <= first <= last < found.stop <= len(index)


@pytest.mark.parametrize("text", ["", "\n", "   ", "\n\n\n"])
def test_blank_texts_have_a_block(text: str) -> None:
    assert len(block_around(LineIndex(text), range(1))) >= 1


LONG = 'DATA = "' + "abc def " * 12_000 + '"\n'
FUNCTION = "def f(x):\n    y = x\n    return helper(y)\n"


@pytest.mark.parametrize("grammar", [None, grammar_of("python")])
@pytest.mark.parametrize(
    "text",
    [
        f"import b\n{LONG}\n\n{FUNCTION}",
        f"{LONG}\n\n{FUNCTION}\n\n{LONG}",
        "\n\n".join(f"def g{n}(x):\n    return x\n" for n in range(10))
        + f"\n\n{LONG}\n\n{FUNCTION}",
        f"class A:\n    {LONG}\n" + "".join(f"    {line}\n" for line in FUNCTION.splitlines()),
    ],
)
def test_a_long_line_of_a_short_file_does_not_count_to_the_block(
    text: str, grammar: Grammar | None
) -> None:
    index = LineIndex(text)
    line = index.line_of(text.index("return helper"))
    found = block_around(index, range(line, line + 1), grammar=grammar)
    shown = "".join(index.lines[found.start : found.stop])
    assert "def f(x):" in shown
    assert "abc def" not in shown


@pytest.mark.parametrize("grammar", [None, grammar_of("python")])
def test_a_long_line_within_a_function_does_not_count_to_the_lines_beside_it(
    grammar: Grammar | None,
) -> None:
    text = f"def f(x):\n    a = x\n    {LONG}    b = a\n    return helper(b)\n"
    found = block_around(LineIndex(text), range(4, 5), grammar=grammar)
    assert 4 in found
    assert 2 not in found


def test_lines_that_are_asked_about_are_in_the_block_however_long_they_are() -> None:
    index = LineIndex(f"a = 1\n{LONG}b = 2\n")
    assert block_around(index, range(1, 2)) == range(4)
    assert block_around(index, range(3)).stop >= 3
