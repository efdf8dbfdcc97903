"""Cargo runs code of projects: where, and which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.checkers.projects import MANIFEST, document, look, marked, write
from understudy.checkers import ToolMissingError
from understudy.checkers.cargo import CHECKER
from understudy.config.policy import Trust
from understudy.core.failures import UnavailableError
from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "src/main.rs"


MACRO = "#[proc_macro]\npub fn nothing(all: TokenStream) -> TokenStream { all }\n"
RUNS = 'fn main() { std::fs::write("src/made.rs", "").unwrap(); }\n'


async def test_a_build_script_runs_in_the_copy_and_in_trusted_folders_only(crate: Path) -> None:
    write(crate, build_dot_rs=RUNS)
    text = "mod b;\nfn main() { b::f(); }\n"
    with pytest.raises(ToolMissingError, match="not trusted"):
        await look(CHECKER, document(crate, MAIN, text, "rust", Trust.RESTRICTED))
    assert await look(CHECKER, document(crate, MAIN, text, "rust")) == ()
    assert not (crate / "src/made.rs").exists()


async def test_a_plain_project_is_checked_without_trust(crate: Path) -> None:
    view = document(
        crate, MAIN, "mod b;\nfn main() { nope(); b::f(); }\n", "rust", Trust.RESTRICTED
    )
    assert marked(view, await look(CHECKER, view)) == [("E0425", "nope")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_dot_cargo__config_dot_toml", '[build]\nrustc = "./evil"\n'),
        ("rust-toolchain_dot_toml", '[toolchain]\npath = "evil"\n'),
        ("Cargo_dot_toml", MANIFEST + '[dependencies]\nb = { path = "../b" }\n'),
        ("Cargo_dot_toml", MANIFEST + "[lib]\nproc-macro = true\n"),
        ("inner__build_dot_rs", RUNS),
        ("BUILD_dot_RS", RUNS),
        ("Cargo_dot_toml", MANIFEST + r'"b\u0075ild" = "src/b.rs"'),
        ("Cargo_dot_toml", MANIFEST + "build.workspace = true\n"),
        ("Cargo_dot_toml", MANIFEST + 'links = "b"\n'),
        ("Cargo_dot_toml", MANIFEST + '[lib]\n"proc\\u002dmacro" = true\n'),
        ("Cargo_dot_toml", MANIFEST + '[lib]\ncrate-type = ["proc-macro"]\n'),
        ("Cargo_dot_toml", MANIFEST + '["dep\\u0065ndencies"]\nb = "1"\n'),
        ("Cargo_dot_toml", MANIFEST + '[target."cfg(unix)".dependencies]\nb = "1"\n'),
        ("Cargo_dot_toml", MANIFEST + '[profile.dev]\nrustflags = ["-Clinker=evil"]\n'),
        ("Cargo_dot_toml", MANIFEST + '[workspace]\nmembers = ["../evil"]\n'),
        ("Cargo_dot_toml", MANIFEST + "[something]\nnew = 1\n"),
        ("inner__Cargo_dot_toml", "not = [toml"),
        ("inner__Cargo_dot_toml", "#" * 1_100_000 + '\n[package]\nbuild = "x.rs"\n'),
    ],
)
async def test_a_project_that_names_what_is_run_needs_trust(
    name: str, text: str, crate: Path
) -> None:
    write(crate, **{name: text})
    view = document(crate, MAIN, "fn main() {}\n", "rust", Trust.RESTRICTED)
    with pytest.raises(ToolMissingError, match="not trusted"):
        await look(CHECKER, view)


async def test_a_workspace_without_anything_that_runs_is_checked_without_trust(crate: Path) -> None:
    write(
        crate,
        Cargo_dot_toml=MANIFEST.replace('"2021"', "{ workspace = true }")
        + '[workspace]\nmembers = ["inner"]\n[workspace.package]\nedition = "2021"\n'
        + '[features]\nbuild = []\n[profile.release]\nlto = true\n[lints.rust]\nunused = "warn"\n',
        inner__Cargo_dot_toml=MANIFEST.replace("demo", "dependencies-build"),
        inner__src__lib_dot_rs="",
    )
    view = document(
        crate, MAIN, "mod b;\nfn main() { nope(); b::f(); }\n", "rust", Trust.RESTRICTED
    )
    assert marked(view, await look(CHECKER, view)) == [("E0425", "nope")]


async def test_a_new_build_script_is_never_run(crate: Path) -> None:
    for trust in (Trust.RESTRICTED, Trust.TRUSTED):
        with pytest.raises(UnavailableError, match="part of a build script"):
            await look(CHECKER, document(crate, "build.rs", RUNS, "rust", trust))
    path = crate / "build.rs"
    beside = (OpenDocument(path.as_uri(), path, "rust", 1, "fn main() { panic!() }\n"),)
    view = document(crate, MAIN, "mod b;\nfn main() { b::f(); }\n", "rust")
    assert await look(CHECKER, replace(view, beside=beside)) == ()


@pytest.mark.parametrize("name", ["build.rs", "src/shared.rs", "made/own.rs"])
async def test_a_candidate_for_what_the_build_runs_is_never_run(name: str, crate: Path) -> None:
    write(
        crate,
        Cargo_dot_toml=MANIFEST.replace("edition", 'build = "made/own.rs"\nedition'),
        made__own_dot_rs='include!("../src/shared.rs");\nfn main() {}\n',
        src__shared_dot_rs="",
    )
    with pytest.raises(UnavailableError, match="part of a build script"):
        await look(CHECKER, document(crate, name, RUNS, "rust"))


async def test_a_macro_is_compiled_and_not_run(crate: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    write(
        crate,
        Cargo_dot_toml=MANIFEST + "[lib]\nproc-macro = true\n",
        src__lib_dot_rs="",
        tests__t_dot_rs="demo::make!();\n",
    )
    text = (
        "#[proc_macro]\npub fn make(_: proc_macro::TokenStream) -> proc_macro::TokenStream {\n"
        f'    std::fs::write("{made}", "").unwrap();\n    undefd\n}}\n'
    )
    view = document(crate, "src/lib.rs", text, "rust")
    assert marked(view, await look(CHECKER, view)) == [("E0425", "undefd")]
    whole = text.replace("undefd", '"".parse().unwrap()')
    assert await look(CHECKER, document(crate, "src/lib.rs", whole, "rust")) == ()
    assert not made.exists()


@pytest.mark.parametrize("name", ["build.rs", "macros/src/lib.rs"])
async def test_what_runs_while_another_file_is_checked_is_as_it_is_on_disk(
    name: str, crate: Path, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    write(
        crate,
        Cargo_dot_toml=MANIFEST + '[dependencies]\nmacros = { path = "macros" }\n',
        build_dot_rs="fn main() {}\n",
        macros__Cargo_dot_toml=MANIFEST.replace("demo", "macros") + "[lib]\nproc-macro = true\n",
        macros__src__lib_dot_rs=f"use proc_macro::TokenStream;\n{MACRO}",
    )
    evil = f'{{ std::fs::write("{made}", "").unwrap(); '
    text = f"fn main() {evil}}}\n" if name == "build.rs" else ""
    text = text or f"use proc_macro::TokenStream;\n{MACRO.replace('{', evil, 1)}"
    path = crate / name
    beside = (OpenDocument(path.as_uri(), path, "rust", 1, text),)
    view = document(crate, MAIN, "fn main() { macros::nothing!(); }\n", "rust")
    assert await look(CHECKER, replace(view, beside=beside)) == ()
    assert not made.exists()


async def test_a_candidate_for_what_a_macro_is_built_from_is_never_run(
    crate: Path, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    write(
        crate,
        Cargo_dot_toml=MANIFEST + '[dependencies]\nmacros = { path = "macros" }\n',
        macros__Cargo_dot_toml=MANIFEST.replace("demo", "macros")
        + '[lib]\nproc-macro = true\n[dependencies]\ncore2 = { path = "../core2" }\n',
        macros__src__lib_dot_rs="#[proc_macro]\npub fn go(all: proc_macro::TokenStream) ->"
        " proc_macro::TokenStream { core2::run(); all }\n",
        core2__Cargo_dot_toml=MANIFEST.replace("demo", "core2"),
        core2__src__lib_dot_rs="pub fn run() {}\n",
    )
    path = crate / "core2/src/lib.rs"
    evil = f'pub fn run() {{ std::fs::write("{made.as_posix()}", "").unwrap(); }}\n'
    beside = (OpenDocument(path.as_uri(), path, "rust", 1, evil),)
    view = document(crate, MAIN, "fn main() { macros::go!(); }\n", "rust")
    assert await look(CHECKER, replace(view, beside=beside)) == ()
    # By itself it is compiled for nobody who would run it.
    assert await look(CHECKER, document(crate, "core2/src/lib.rs", evil, "rust")) == ()
    write(
        crate,
        core2__Cargo_dot_toml=MANIFEST.replace("demo", "core2")
        + '[dev-dependencies]\nmacros = { path = "../macros" }\n',
        core2__tests__t_dot_rs="macros::go!();\n",
    )
    with pytest.raises(UnavailableError, match="part of a build script or macro that runs"):
        await look(CHECKER, document(crate, "core2/src/lib.rs", evil, "rust"))
    assert not made.exists()
