from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.import_lines import is_import, leading
from understudy.reading.lifting import with_imports, without_imports
from understudy.reading.neighbours import Around

if TYPE_CHECKING:
    from understudy.reading import Repair

IMPORTS = {
    "c": "#include <stdio.h>",
    "csharp": "using System.Linq;",
    "go": 'import "fmt"',
    "java": "import java.util.List;",
    "lua": 'local x = require("x")',
    "php": "use A\\B;",
    "python": "from a import b",
    "ruby": "require_relative 'a'",
    "rust": "use std::cmp::max;",
    "typescript": "import { a } from './a';",
}
NO_IMPORTS = {
    "csharp": "using (var file = Open())",
    "python": "importer = 1",
    "ruby": "required = 1",
    "rust": "used();",
    "typescript": "import('./a').then(run);",
}
TEXTS = st.lists(
    st.sampled_from(
        [
            *IMPORTS.values(),
            *NO_IMPORTS.values(),
            "import (",
            '\t"os"',
            ")",
            "package a",
            "<?php",
            "",
            "from a import (",
            "    b,",
            "import {",
            "  a,",
            "} from './a';",
            "def f():",
            "    x = 1",
            "// c",
            "# c",
            '"""Doc."""',
            "/* c",
            "*/",
            "fn f() {",
            "}",
        ]
    ),
    max_size=14,
)


def lifted(lines: list[str], file: list[str], old: range, language: str) -> str:
    around = Around(file[old.start : old.stop], file[: old.start], file[old.stop :], language)
    freed = without_imports(list(lines), around)
    text = "\n".join([*file[: old.start], *freed.lines, *file[old.stop :], ""])
    return with_imports(text, freed, language, [])


@pytest.mark.parametrize("language", sorted(IMPORTS))
def test_every_language_has_its_own_imports(language: str) -> None:
    assert is_import(IMPORTS[language], language)
    assert not is_import(NO_IMPORTS.get(language, "x"), language)


def test_an_import_goes_below_the_package_and_the_comment_of_a_file() -> None:
    file = ["// Copyright.", "", "package a", "", "// F is f.", "func F() {", "}"]
    done = lifted(
        ['import "fmt"', "", "func F() {", "\tfmt.Println()", "}"], file, range(5, 7), "go"
    )
    assert done.split("\n")[2:6] == ["package a", "", 'import "fmt"', ""]
    assert done.split("\n")[6] == "// F is f."


def test_an_import_of_what_the_file_has_is_left_out() -> None:
    file = ["from a import (", "    b,", "    c,", ")", "", "", "def f():", "    return b"]
    repairs: list[Repair] = []
    around = Around(file[6:], file[:6], [], "python")
    freed = without_imports(["from a import c", "", "", "def f():", "    return c"], around)
    text = "\n".join([*file[:6], *freed.lines, ""])
    assert with_imports(text, freed, "python", repairs) == text
    assert [one.what for one in repairs] == ["lines around it left out"]


def test_only_the_names_that_the_file_lacks_are_imported() -> None:
    file = ["import { a, c } from './a';", "", "function f() {", "  return a;", "}"]
    new = ["import { a, b } from './a';", "", "function f() {", "  return b;", "}"]
    first = lifted(new, file, range(2, 5), "typescript").split("\n")
    assert first[:2] == ["import { a, c } from './a';", "import { b } from './a';"]
    file = ["use a::{b, c};", "", "fn f() {", "}"]
    new = ["use a::{c, d};", "", "fn f() {", "    d();", "}"]
    assert lifted(new, file, range(2, 4), "rust").split("\n")[:2] == ["use a::{b, c};", "use a::d;"]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("python", ["    return 1"], ["    import os", "    return os.name"]),
        ("python", ["import a", "x = a"], ["import b", "x = b"]),
        ("go", ["func F() {", "}"], ["package b", "", "func F() {", "}"]),
        ("plaintext", ["a"], ["import b", "a"]),
    ],
)
def test_other_imports_stay_where_they_are(language: str, old: list[str], new: list[str]) -> None:
    around = Around(old, ["x", ""], [], language)
    assert without_imports(list(new), around).lines == new


@given(TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(sorted(IMPORTS)))
def test_no_line_of_a_file_is_lost_for_any_imports(
    lines: list[str], above: list[str], old: list[str], below: list[str], language: str
) -> None:
    around = Around(old, above, below, language)
    freed = without_imports(list(lines), around)
    assert lines[len(lines) - len(freed.lines) :] == freed.lines
    text = "\n".join([*above, *freed.lines, *below, ""])
    done = with_imports(text, freed, language, [])
    rest = iter(done.split("\n"))
    kept = [line for line in text.split("\n") if line.strip() and not is_import(line, language)]
    if not any(line in {"import {", "from a import (", "import ("} for line in above + below):
        assert all(line in rest for line in kept)


@given(TEXTS, st.sampled_from(sorted(IMPORTS)))
def test_leading_imports_end_where_code_begins(lines: list[str], language: str) -> None:
    found, at = leading(lines, language)
    assert 0 <= at <= len(lines)
    assert all(one.lines.stop <= at for one in found)
