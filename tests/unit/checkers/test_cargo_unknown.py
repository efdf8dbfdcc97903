"""Where Rust looked no further, finding nothing proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.checkers.projects import MANIFEST, document, look, stand_in, write
from understudy.checkers.cargo import CHECKER
from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "src/main.rs"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("Cargo_dot_toml", "[", r"`Cargo\.toml` can't be read"),
        (
            "Cargo_dot_toml",
            MANIFEST + '[dependencies]\nfar = "1"\n',
            "no matching package named `far`",
        ),
        ("src__b_dot_rs", "pub fn f( {\n", r"src/b\.rs` keeps Rust from looking further"),
    ],
)
async def test_what_is_broken_outside_the_file_is_unknown_and_says_so(
    name: str, text: str, why: str, crate: Path
) -> None:
    write(crate, **{name: text})
    view = document(crate, MAIN, "mod b;\nfn main() { b::f(); }\n", "rust")
    with pytest.raises(UnavailableError, match=why):
        await look(CHECKER, view)


async def test_a_type_error_beside_the_file_does_not_matter(crate: Path) -> None:
    write(crate, src__b_dot_rs='pub fn f() -> i32 { "x" }\n')
    view = document(crate, MAIN, "mod b;\nfn main() { b::f(); }\n", "rust")
    assert await look(CHECKER, view) == ()


@pytest.mark.parametrize(
    "broken",
    [
        "struct S; impl Nope for S {}",
        "struct S; struct Q; impl Q for S {}",
        "fn f<T: Nope>() {}",
        "macro_rules! m { ($a:expr) => {} } m!();",
        "fn f() { nope!(); }",
        "use nope::nope;",
        'compile_error!("no");',
        "fn f(x: &'nope u8) {}",
        "struct S { x: &u8 }",
        "struct S { x: Nope }",
        "fn f() { nope() }",
    ],
)
async def test_where_an_error_elsewhere_hides_this_file_nothing_found_is_unknown(
    broken: str, crate: Path
) -> None:
    # One error of types and one of borrowing, which is looked for later.
    types, borrowing = (
        'fn g() -> i32 { "π" }',
        "fn g() -> String { let s = String::new(); drop(s); s }",
    )
    own, code = (borrowing, "E0382") if "Nope" in broken else (types, "E0308")
    write(crate, src__b_dot_rs=f"pub fn f() {{}}\n#[allow(dead_code)] {broken}\n")
    view = document(crate, MAIN, f"mod b;\nfn main() {{ b::f(); g(); }}\n{own}\n", "rust")
    try:
        found = await look(CHECKER, view)
    except UnavailableError as failure:
        assert "keeps Rust from looking further" in str(failure)  # noqa: PT017 - either is right
    else:
        assert [one.code for one in found] == [code]


async def test_no_word_about_the_probe_is_passed_on(crate: Path) -> None:
    write(crate, src__b_dot_rs='pub fn f() -> i32 { "x" }\n')
    for text in ("mod b;\nfn main() { b::f(); } // 😀", "mod b;\r\nfn main() { b::f(); }\r\n"):
        assert await look(CHECKER, document(crate, MAIN, text, "rust")) == ()
    gated = "#![cfg(nope)]\nfn x() { y }\n"
    with pytest.raises(UnavailableError, match=r"b\.rs` keeps Rust from looking further"):
        await look(CHECKER, document(crate, "tests/t.rs", gated, "rust"))


WARNING = (
    '{"reason":"compiler-message","manifest_path":"m","message":{"level":"warning","message":"w",'
    '"spans":[],"children":[],"code":null}}'
)
CRASH = WARNING.replace('"warning"', '"error: internal compiler error"')


@pytest.mark.parametrize(
    "script",
    [
        f"echo '{WARNING}'; exit 101",
        f"echo '{WARNING}'; echo 'error: could not compile (signal: 9, SIGKILL: kill)' >&2; exit 101",
        f"echo '{CRASH}'; exit 101",
        f"echo '{CRASH}'; exit 0",
        f"echo '{WARNING}'; kill -9 $$",
        "echo 'error: internal compiler error: no' >&2; exit 0",
    ],
)
async def test_a_compiler_that_broke_down_is_unknown(
    script: str, crate: Path, tmp_path: Path
) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError, match=r"did not come to its end|gave no answer"):
        await CHECKER.run(document(crate, MAIN, "mod b;\nfn main() {}\n", "rust"), settings)
