from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import require
from tests.unit.checkers.projects import PATIENT, document, look, marked, stand_in, write
from understudy.checkers import ToolMissingError, all_checkers
from understudy.checkers.go_vet import CHECKER as GO_VET
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex
from understudy.core.text import apply
from understudy.workspace.go_output import GoFile, errors_in, is_listed, own_errors, read_vet
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import OpenDocument, View

MODULE = "module example.com/m\n\ngo 1.21\n"
GOOD = "package m\n\nfunc A() int { return 1 }\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    require("go")
    return write(tmp_path / "m", go_dot_mod=MODULE, a_dot_go=GOOD)


async def test_every_type_error_is_told_under_the_name_that_gopls_gives_it(root: Path) -> None:
    text = (
        '\ufeffpackage m\n\nimport "os"\n\nfunc A() int {\r\n'
        '\ts := "π😀"; unused := 1\r\n\treturn undefd("😀", s)\n}\n'
    )
    view = document(root, "a.go", text, "go")
    found = await look(GO_VET, view)
    assert marked(view, found) == [
        ("UnusedImport", '"os"'),
        ("UnusedVar", "unused"),
        ("UndeclaredName", "undefd"),
    ]
    assert {(one.source, one.severity.value) for one in found} == {("go", "error")}


async def test_a_file_that_is_open_beside_it_counts_as_it_is_in_the_editor(root: Path) -> None:
    view = document(root, "a.go", "package m\n\nfunc A() int { return B() }\n", "go")
    assert [one.code for one in await look(GO_VET, view)] == ["UndeclaredName"]
    path, text = root / "b.go", "package m\n\nfunc B() int { return 1 }\n"
    beside = (OpenDocument(path.as_uri(), path, "go", 1, text),)
    assert await look(GO_VET, replace(view, beside=beside)) == ()
    broken = (OpenDocument(path.as_uri(), path, "go", 2, "package m\n\nfunc B( {\n"),)
    with pytest.raises(UnavailableError, match="does not parse"):
        await look(GO_VET, replace(view, beside=broken))


MANY = """package m

import (
	"fmt"
	"os"
)

type T struct{ a int }

type I interface{ M() }

func A() (int, error) {
	x := 1
	var s string = 5
	s, y := 1
	undefd(s)
	fmt.Nope()
	T{}.b()
	_ = map[string]int{"π😀": 1, "π😀": 2}
	switch s {
	case "a", "a":
	}
	_ = 1 + "a"
	_ = -"a"
	1()
	5 = 6
	_ = int("a")
	var z fmt
	s == s
unused:
	_ = I(nil).(T)
	B(1)
	return 1
}

func B() int {
}

func A() {}
"""


async def test_errors_have_the_names_and_places_that_gopls_gives_them(root: Path) -> None:
    require("gopls")
    gopls = all_checkers()["gopls"]
    view = document(root, "a.go", MANY, "go")
    theirs = {(one.code, one.span.start) for one in await gopls.run(view, PATIENT)}
    assert gopls.close is not None
    await gopls.close()
    ours = {(one.code, one.span.start) for one in await look(GO_VET, view)}
    assert len(ours) > 20
    assert ours - theirs == set()


async def test_more_than_ten_errors_are_told(root: Path) -> None:
    text = "package m\n" + "".join(f"var v{number} int = x{number}\n" for number in range(25))
    assert len(await look(GO_VET, document(root, "a.go", text, "go"))) == 25


async def test_what_vet_finds_has_its_place_and_its_fix(root: Path) -> None:
    text = (
        'package m\n\nimport "fmt"\n\nfunc A() int {\n\ts := "π😀"; s = s\n'
        '\tfmt.Printf("%d😀", s)\n\treturn 1\n}\n'
    )
    view = document(root, "a.go", text, "go")
    assign, printf = sorted(await look(GO_VET, view), key=lambda one: one.span.start)
    assert (assign.code, printf.code, printf.source) == ("assign", "printf", "go vet")
    assert printf.span.of(text).startswith("%d") or printf.span.of(text) == "fmt"
    for suggestion in assign.suggestions:
        assert 's := "π😀"; \n' in apply(text, suggestion.edits)


async def test_a_file_that_is_not_on_disk_yet_is_seen_beside_the_others(root: Path) -> None:
    view = document(root, "new.go", "package m\n\nvar b string = A()\n", "go")
    (found,) = await look(GO_VET, view)
    assert found.span.of(view.text) == "A"
    assert found.message.startswith("cannot use A()")


async def test_all_errors_of_a_test_file_are_told(root: Path) -> None:
    text = (
        'package m_test\n\nimport (\n\t"testing"\n\n\t"example.com/m"\n)\n\n'
        "func TestA(t *testing.T) { m.A(); m.Nope(); undefd() }\n"
    )
    view = document(root, "a_test.go", text, "go")
    found = await look(GO_VET, view)
    assert marked(view, found) == [("UndeclaredImportedName", "Nope"), ("UndeclaredName", "undefd")]


async def test_an_import_that_nothing_provides_is_an_error_of_the_file(root: Path) -> None:
    text = 'package m\n\nimport (\n\t"example.com/nope"\n\t"nonstd"\n)\n\nvar _ = nope.X\n'
    view = document(root, "a.go", text, "go")
    found = await look(GO_VET, view)
    assert marked(view, found) == [
        ("BrokenImport", '"example.com/nope"'),
        ("BrokenImport", '"nonstd"'),
    ]


async def test_a_type_error_beside_the_file_does_not_matter(root: Path) -> None:
    write(root, b_dot_go="package m\n\nvar x int = undefd\n")
    assert await look(GO_VET, document(root, "a.go", GOOD, "go")) == ()
    broken = document(root, "a.go", "package m\n\nvar y int = missing\n", "go")
    assert marked(broken, await look(GO_VET, broken)) == [("UndeclaredName", "missing")]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("b_dot_go", "package m\n\nvar x int = \n", "`b.go` beside it does not parse"),
        ("b_dot_go", 'package m\n\nimport "example.com/nope"\n', "no required module provides"),
        ("go_dot_mod", "module m\n\ngo 1.999\n", r"requires go >= 1\.999"),
        ("go_dot_mod", "nonsense", "unknown directive: nonsense"),
    ],
)
async def test_what_is_broken_outside_the_file_is_unknown_and_says_so(
    name: str, text: str, why: str, root: Path
) -> None:
    write(root, **{name: text})
    with pytest.raises(UnavailableError, match=why):
        await look(GO_VET, document(root, "a.go", GOOD, "go"))


async def test_a_broken_package_that_is_imported_is_unknown(root: Path) -> None:
    write(root, sub__s_dot_go='package sub\n\nvar X int = "a"\n')
    text = 'package m\n\nimport "example.com/m/sub"\n\nvar Y = sub.X\n'
    with pytest.raises(UnavailableError, match=r"sub/s\.go: cannot use"):
        await look(GO_VET, document(root, "a.go", text, "go"))


async def test_a_module_that_was_never_fetched_is_unknown_and_not_fetched(root: Path) -> None:
    write(root, go_dot_mod=MODULE + "\nrequire example.com/far v1.0.0\n")
    text = 'package m\n\nimport "example.com/far"\n\nvar Y = far.X\n'
    with pytest.raises(UnavailableError, match="far"):
        await look(GO_VET, document(root, "a.go", text, "go"))


async def test_a_file_for_another_system_is_unknown(root: Path) -> None:
    text = "//go:build plan9\n\npackage m\n\nvar x int = undefd\n"
    with pytest.raises(UnavailableError, match=r"leaves `b\.go` out"):
        await look(GO_VET, document(root, "b.go", text, "go"))


async def test_a_file_without_a_module_is_checked_alone(root: Path) -> None:
    alone = write(root.parent / "alone", readme="")
    view = document(alone, "main.go", "package main\n\nfunc main() { undefd() }\n", "go")
    assert marked(view, await look(GO_VET, view)) == [("UndeclaredName", "undefd")]


async def test_a_document_without_a_file_is_checked(root: Path) -> None:
    text = "package main\n\nfunc main() { undefd() }\n"
    view = View("untitled:1", text, Policy(Trust.RESTRICTED), language="go")
    assert marked(view, await GO_VET.run(view, PATIENT)) == [("UndeclaredName", "undefd")]


async def test_locate_tells_the_version(root: Path) -> None:
    assert "go version go1." in await GO_VET.locate(document(root, "a.go", "", "go"), PATIENT)


async def test_a_tool_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ToolMissingError):
        await GO_VET.run(
            document(tmp_path, "a.go", GOOD, "go"), CheckerSettings(command=("no-such-go",))
        )


async def test_a_tool_that_hangs_is_ended(tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", "sleep 60")
    with pytest.raises(ToolTimeoutError):
        await GO_VET.run(document(write(tmp_path / "p", x=""), "a.go", GOOD, "go"), settings)


@pytest.mark.parametrize("script", ["exit 1", "echo nonsense; exit 0", "echo '[1]'"])
async def test_a_tool_that_breaks_is_unavailable(script: str, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError):
        await GO_VET.run(document(write(tmp_path / "p", x=""), "a.go", GOOD, "go"), settings)


BESIDE = 'echo "./b.go:1:2: undefined: x" >&2;'


@pytest.mark.parametrize(
    "script",
    [
        f'{BESIDE} echo "panic: no" >&2; exit 2',
        f'{BESIDE} echo "./a.go:1:1: internal compiler error: no" >&2; exit 1',
        f'{BESIDE} echo "go: error: compile: signal: killed" >&2; exit 1',
        f'case "$1" in vet) {BESIDE} ;; esac; exit 1',
    ],
)
async def test_a_go_that_broke_down_after_an_error_is_unknown(script: str, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError, match=r"broke down|gave no answer"):
        await GO_VET.run(document(write(tmp_path / "p", x=""), "a.go", GOOD, "go"), settings)


FILE = GoFile(LineIndex('a := "π😀"\n'), Path("/p/a.go"), Path("/tmp/t/text.go"))
_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.just("/p/a.go:1:3"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["p", "posn", "end", "message", "error"]), inner)
    ),
)


@given(st.binary(max_size=80) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_go_prints_reading_raises_only_its_own_failure(output: bytes) -> None:
    for read in (lambda: read_vet(output, FILE), lambda: is_listed(output, "a.go")):
        try:
            read()
        except UnavailableError:
            continue


@given(st.lists(st.sampled_from(["# p", "a.go:1:9: x", "\tmore", "vet: /p/a.go:9:9: y", "z"])))
def test_places_of_errors_lie_in_the_text(lines: list[str]) -> None:
    for one in own_errors(errors_in("\n".join(lines).encode()), FILE):
        assert 0 <= one.span.start <= one.span.end <= len(FILE.index.text)
