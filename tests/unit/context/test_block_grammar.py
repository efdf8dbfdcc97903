from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.context.test_block import FILLER, GO, PYTHON
from understudy.context.block import block_around
from understudy.core.lines import LineIndex
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from understudy.context.grammar import Grammar


def grammar(language: str) -> Grammar:
    found = grammar_of(language)
    assert found is not None
    return found


def block(text: str, needle: str, language: str, most: int = 120) -> str:
    index = LineIndex(text)
    line = index.line_of(text.index(needle))
    found = block_around(index, range(line, line + 1), most, grammar(language))
    return "".join(index.lines[found.start : found.stop])


PADDING = "// π😀\n" * 80


def test_the_smallest_symbol_is_taken_with_what_belongs_above_it() -> None:
    method = block(PYTHON, "return 1", "python")
    assert method.startswith("    # How much it all costs.\n    @property\n")
    assert method.endswith("        return 0\n")
    assert block(PYTHON, "pass", "python") == "    def other(self) -> None:\n        pass\n"


def test_what_stands_in_a_class_beside_its_methods_takes_the_class() -> None:
    assert block(PYTHON, "size = 3", "python").startswith("class Basket")


def test_a_go_function_is_whole() -> None:
    broken_up = GO.replace("\t} else {", "\n\n\t} else {")
    whole = block(broken_up, "return 2", "go")
    assert whole.startswith("func add")
    assert whole.endswith("\t}\n}\n")


def test_imports_hold_together() -> None:
    text = (
        'package a\n\nimport (\n\t"fmt"\n\t"os"\n)\n\n'
        + PADDING
        + "func f() {\n\tfmt.Print(1)\n}\n"
    )
    assert block(text, '"os"', "go") == 'import (\n\t"fmt"\n\t"os"\n)\n'


def test_an_exported_class_is_taken_with_its_export() -> None:
    text = PADDING.replace("//", "let a; //") + (
        "@decorated()\nexport class Basket {\n  size = 1;\n\n  total() {\n    return [\n1,\n    ];\n  }\n}\n"
    )
    assert block(text, "size", "typescript").startswith("@decorated()\nexport class")
    assert block(text, "1,", "typescript") == "  total() {\n    return [\n1,\n    ];\n  }\n"


def test_rust_attributes_and_comments_belong_to_the_function_below() -> None:
    text = (
        PADDING + "\nuse a::b;\n\n/// Adds.\n#[inline]\npub fn add(a: i32) -> i32 {\n    a + 1\n}\n"
    )
    assert block(text, "a + 1", "rust").startswith("/// Adds.\n#[inline]\npub fn")


def test_a_function_that_is_too_long_gives_its_largest_fitting_statement() -> None:
    lines = "".join(f"\tx{number} := {number}\n" for number in range(100))
    loop = "\tfor i := range 3 {\n\t\tif i > 1 {\n\t\t\tprint(i)\n\t\t}\n\t}\n"
    text = "package a\n\nfunc f() {\n" + lines + loop + lines + "}\n"
    assert block(text, "print(i)", "go") == loop


def test_a_text_that_can_not_be_parsed_is_cut_by_indentation() -> None:
    deep = FILLER + "x = " + "(" * 400 + "\n" + "def f():\n    return 1\n"
    assert block(deep, "return 1", "python") == "def f():\n    return 1\n"


def test_a_statement_that_begins_in_the_middle_of_a_line_is_not_cut_out() -> None:
    text = PADDING + "a(); if (b) {\n  c();\n}\n"
    assert block(text, "c();", "javascript") == "  c();\n"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_make_no_difference(end: str) -> None:
    text = (PADDING + "\nfn f() {\n    1\n}\n\nfn g() {\n    2\n}\n").replace("\n", end)
    assert block(text, "1", "rust") == f"fn f() {{{end}    1{end}}}{end}"


@given(
    st.sampled_from(["go", "rust", "typescript", "python", "ruby", "html"]),
    st.text(alphabet="ab:{}() \t\n\r#@<>=;π😀", max_size=300),
    st.data(),
)
def test_a_block_always_holds_the_lines(language: str, text: str, data: st.DataObject) -> None:
    index = LineIndex(text * 3 + "\n" * 61)
    first = data.draw(st.integers(0, len(index) - 1))
    last = data.draw(st.integers(first, len(index) - 1))
    most = data.draw(st.integers(1, 50))
    found = block_around(index, range(first, last + 1), most, grammar(language))
    assert found.start <= first <= last < found.stop <= len(index)
