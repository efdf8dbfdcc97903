from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support import require
from tests.unit.checkers.projects import (
    MANIFEST,
    PATIENT,
    document,
    look,
    marked,
    stand_in,
    tree,
    write,
)
from understudy.checkers import ToolMissingError
from understudy.checkers.cargo import CHECKER
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.text import apply
from understudy.workspace.diagnostics import is_syntax_error
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "src/main.rs"


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_findings_are_placed_in_code_points_and_told_once(
    start: str, end: str, crate: Path
) -> None:
    text = (
        f'{start}mod b; fn g() {{ undefd(); }}{end}fn main() {{{end}\tlet s = "π😀"; let x: i32 = '
        f'"π😀";{end}\tg(); println!("{{}}{{}}", "😀", missing); let _ = (s, x, b::f());{end}}}{end}'
    )
    view = document(crate, MAIN, text, "rust")
    found = await look(CHECKER, view)
    assert marked(view, found) == [("E0425", "undefd"), ("E0308", '"π😀"'), ("E0425", "missing")]
    assert {one.source for one in found} == {"rustc"}


@pytest.mark.parametrize("start", ["", "\ufeff"])
async def test_what_a_machine_may_apply_is_a_safe_suggestion(start: str, crate: Path) -> None:
    text = f"{start}use std::fmt; mod b;\nfn main() {{\n    let mut q = b::f(); let _ = q;\n}}\n"
    view = document(crate, MAIN, text, "rust")
    found = await look(CHECKER, view)
    assert marked(view, found) == [("unused_imports", "std::fmt"), ("unused_mut", "mut q")]
    fixed = [apply(text, one.suggestions[0].edits) for one in found]
    assert fixed == [text.replace("use std::fmt;", ""), text.replace("mut q", "q")]
    assert all(one.suggestions[0].safe for one in found)


async def test_notes_point_at_the_places_of_the_users_own_files(crate: Path) -> None:
    text = "mod b;\nfn main() { let _ = b::f(1); }\n"
    (found,) = await look(CHECKER, document(crate, MAIN, text, "rust"))
    assert {(one.uri, one.start) for one in found.related if one.uri.endswith("b.rs")} == {
        ((crate / "src/b.rs").resolve().as_uri(), (0, 7))
    }


async def test_each_check_sees_its_own_text_and_the_files_as_they_are_now(crate: Path) -> None:
    good, bad = "mod b;\nfn main() { b::f(); }\n", "mod b;\nfn main() { b::g(); }\n"
    for text, count in ((good, 0), (bad, 1), (good, 0), (bad, 1)):
        assert len(await look(CHECKER, document(crate, MAIN, text, "rust"))) == count
    write(crate, src__b_dot_rs="pub fn g() -> i32 { 1 }\n")
    assert len(await look(CHECKER, document(crate, MAIN, good, "rust"))) == 1
    beside = document(crate, "src/b.rs", "pub fn f() -> i32 { 1 }\npub fn g() { nope }\n", "rust")
    assert [one.code for one in await look(CHECKER, beside)] == ["E0425"]
    assert await look(CHECKER, document(crate, MAIN, bad, "rust")) == ()
    (crate / "src/b.rs").unlink()
    assert [one.code for one in await look(CHECKER, document(crate, MAIN, good, "rust"))] == [
        "E0583"
    ]


async def test_files_that_are_open_beside_it_count_as_they_are_in_the_editor(crate: Path) -> None:
    view = document(crate, MAIN, "mod b;\nmod c;\nfn main() { b::f(c::N); }\n", "rust")
    beside = tuple(
        OpenDocument(path.as_uri(), path, "rust", 1, text)
        for path, text in (
            (crate / "src/b.rs", "pub fn f(n: i32) -> i32 { n }\n"),
            (crate / "src/c.rs", "pub const N: i32 = 1;\n"),
        )
    )
    assert await look(CHECKER, replace(view, beside=beside)) == ()
    worse = (replace(beside[0], text="pub fn f(n: &str) -> &str { n }\n"), beside[1])
    assert [one.code for one in await look(CHECKER, replace(view, beside=worse))] == ["E0308"]
    # Without them, the files are as they are on disk, and the new one is gone.
    alone = document(crate, MAIN, "mod b;\nfn main() { b::f(); }\n", "rust")
    assert await look(CHECKER, alone) == ()
    assert not (crate / "src/c.rs").exists()


async def test_two_checks_at_once_do_not_see_each_other(crate: Path) -> None:
    texts = ["mod b;\nfn main() { b::f(); }\n", "mod b;\nfn main() { b::f(); nope }\n"] * 2
    views = [document(crate, MAIN, text, "rust") for text in texts]
    found = await asyncio.gather(*(CHECKER.run(view, PATIENT) for view in views))
    assert [len(one) for one in found] == [0, 1, 0, 1]


async def test_what_does_not_parse_is_a_syntax_error(crate: Path) -> None:
    view = document(crate, MAIN, "mod b;\nfn main() { let x = ; b::f() }\n", "rust")
    found = await look(CHECKER, view)
    assert any(is_syntax_error(one) for one in found)


async def test_code_of_tests_is_looked_at(crate: Path) -> None:
    text = "mod b;\nfn main() { b::f(); }\n#[cfg(test)]\nmod tests { #[test] fn t() { nope() } }\n"
    view = document(crate, MAIN, text, "rust")
    assert marked(view, await look(CHECKER, view)) == [("E0425", "nope")]


async def test_clippy_is_asked_when_the_settings_name_it(crate: Path) -> None:
    require("cargo-clippy")
    text = "mod b;\nfn main() { let v = vec![b::f()]; if v.len() == 0 { return; } }\n"
    view = document(crate, MAIN, text, "rust")
    assert await look(CHECKER, view) == ()
    settings = CheckerSettings(command=("cargo", "clippy"), timeout_s=120)
    found = await CHECKER.run(view, settings)
    assert ("clippy", "len_zero") in {(one.source, one.code) for one in found}
    with pytest.raises(ToolMissingError, match="nonesuch"):
        await CHECKER.run(view, CheckerSettings(command=("cargo", "nonesuch"), timeout_s=60))


async def test_a_package_of_a_workspace_is_checked_with_its_neighbours(crate: Path) -> None:
    many = crate.parent / "many"
    write(
        many,
        Cargo_dot_toml='[workspace]\nmembers = ["a", "b"]\nresolver = "2"\n',
        a__Cargo_dot_toml=MANIFEST.replace("demo", "a") + '[dependencies]\nb = { path = "../b" }\n',
        a__src__lib_dot_rs="pub fn a() -> i32 { b::f() }\n",
        b__Cargo_dot_toml=MANIFEST.replace("demo", "b"),
        b__src__lib_dot_rs="pub fn f() -> i32 { 1 }\n",
    )
    text = "pub fn a() -> i32 { b::f() + b::nope() }\n"
    view = document(many, "a/src/lib.rs", text, "rust")
    assert marked(view, await look(CHECKER, view)) == [("E0425", "nope")]
    write(many, b__src__lib_dot_rs="pub fn f() -> i32 { nope }\n")
    with pytest.raises(UnavailableError, match="A package that it needs does not compile"):
        await look(CHECKER, document(many, "a/src/lib.rs", "pub fn a() {}\n", "rust"))


async def test_a_file_that_no_crate_includes_is_unknown(crate: Path) -> None:
    with pytest.raises(UnavailableError, match=r"No crate of the package includes `c\.rs`"):
        await look(CHECKER, document(crate, "src/c.rs", "fn x() { nope }\n", "rust"))


async def test_a_file_without_a_package_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="belongs to no Cargo package"):
        await CHECKER.run(document(tmp_path, "a.rs", "", "rust"), PATIENT)
    untitled = View("untitled:1", "", Policy(Trust.TRUSTED), language="rust")
    with pytest.raises(UnavailableError, match="needs a file"):
        await CHECKER.run(untitled, PATIENT)


async def test_what_was_built_is_kept_and_the_copy_is_private(crate: Path, tmp_path: Path) -> None:
    view = document(crate, MAIN, "mod b;\nfn main() { b::f(); }\n", "rust")
    await look(CHECKER, view)
    (build,) = (tmp_path / "home/cache/builds").iterdir()
    assert build.stat().st_mode & 0o77 == 0
    assert (build / "tree").stat().st_mode & 0o77 == 0
    assert CHECKER.close is not None
    await CHECKER.close()
    assert sorted(path.name for path in build.iterdir()) == ["lock", "target"]


async def test_a_version_controlled_folder_and_caches_are_not_copied(
    crate: Path, tmp_path: Path
) -> None:
    write(crate, _dot_git__config="", target__CACHEDIR_dot_TAG="", target__big="", notes="")
    await look(CHECKER, document(crate, MAIN, "mod b;\nfn main() { b::f(); }\n", "rust"))
    (copy,) = (tmp_path / "home").rglob("tree")
    assert sorted(path.name for path in copy.iterdir()) == [
        *("Cargo.lock", "Cargo.toml", "notes", "src")
    ]
    assert "Cargo.lock" not in tree(crate)


async def test_locate_tells_the_version(crate: Path) -> None:
    assert "cargo 1." in await CHECKER.locate(document(crate, MAIN, "", "rust"), PATIENT)


async def test_a_tool_that_is_not_there_is_missing(crate: Path) -> None:
    settings = CheckerSettings(command=("no-such-cargo",))
    with pytest.raises(ToolMissingError):
        await CHECKER.run(document(crate, MAIN, "", "rust"), settings)


async def test_a_tool_that_hangs_is_ended(crate: Path, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", "sleep 60")
    with pytest.raises(ToolTimeoutError):
        await CHECKER.run(document(crate, MAIN, "", "rust"), settings)


@pytest.mark.parametrize(
    "script",
    ["exit 1", "echo nonsense; exit 3", 'echo \'{"reason":"compiler-message","message":1}\''],
)
async def test_a_tool_that_breaks_is_unavailable(script: str, crate: Path, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError):
        await CHECKER.run(document(crate, MAIN, "", "rust"), settings)
