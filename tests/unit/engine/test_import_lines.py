from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.engine.import_lines import are_imports

WHOLE = [
    "import os\n",
    "from a.b import c\n",
    'import "fmt"\n',
    "import { a } from './a';\n",
    "use std::fmt;\n",
    "pub(crate) use a::b;\n",
    "extern crate serde;\n",
    "#include <a.h>\n",
    "using System;\n",
    "const a = require('a');\n",
    "require 'set'\n",
    "export { a } from './a';\n",
]
INSIDE = [
    (["import (\n", '\t"fmt"\n'], '\t"os"\n'),
    (["import (\n"], '\tstr "strings"\n'),
    (["import {\n", "  a,\n"], "  type B,\n"),
    (["from a import (\n"], "    b,\n"),
    (["use std::{\n", "    fmt,\n"], "    io::{self, Read},\n"),
    (["import {\n", "  a,\n"], "} from './a';\n"),
]


@pytest.mark.parametrize("line", WHOLE)
def test_an_import_on_one_line_is_one(line: str) -> None:
    assert are_imports([line, "\n"], [])


@pytest.mark.parametrize(("above", "line"), INSIDE)
def test_a_line_within_an_import_is_one(above: list[str], line: str) -> None:
    assert are_imports([line], above)
    assert not are_imports([line], ["x = 1\n"])


def test_an_import_of_several_lines_is_one_when_all_of_it_is_new() -> None:
    assert are_imports(["import (\n", '\t"fmt"\n', ")\n"], ["package a\n"])


@pytest.mark.parametrize(
    "line", ["x = 1\n", "important()\n", "return use\n", '"text",\n', "fmt.Println(1)\n"]
)
def test_other_code_is_none(line: str) -> None:
    assert not are_imports([line], ["import os\n"])
    assert not are_imports([line, "import a\n"], [])


def test_code_behind_a_closed_import_is_none() -> None:
    assert not are_imports(["  a,\n"], ["import (\n", '\t"fmt"\n', ")\n", "func f(\n"])


@given(
    st.lists(st.text(alphabet='import({}) ,"\nab/', max_size=40)), st.lists(st.text(max_size=20))
)
def test_any_lines_give_an_answer(changed: list[str], above: list[str]) -> None:
    assert are_imports(changed, above) in {True, False}
