"""`understudy fix` on files that are not Python, with the real tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import require
from tests.unit.checkers.projects import write
from understudy.cli import main

if TYPE_CHECKING:
    from pathlib import Path

GO = 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tfmt.Println("π😀")\n}\n'
RUST = 'fn main() {\n    let mut q = "π😀"; println!("{q}");\n    let m: HashMap<i32, i32>;\n}\n'
SHELL = '#!/bin/sh\necho "π😀" $1\n'
C = 'int f(void) {\n\tconst char *s = "π😀"; return s[0]\n}\n'
JAVA = 'class A {\n\tString s = "π😀"; int f() { return 1 }\n}\n'
CASES = {
    "go": (
        *("main.go", GO, "go"),
        GO.replace('\t"os"\n', ""),
    ),
    "rust": (
        *("src/main.rs", RUST, "cargo"),
        "use std::collections::HashMap;\n\n"
        + RUST.replace("mut q", "q").replace("let m:", "let _m:"),
    ),
    "shell": (*("a.sh", SHELL, "shellcheck"), SHELL.replace("$1", '"$1"')),
    "c": (*("a.c", C, "clang"), C.replace("s[0]", "s[0];")),
    "java": (*("A.java", JAVA, "javac"), JAVA.replace("return 1", "return 1;")),
}


@pytest.mark.parametrize("language", CASES)
def test_a_real_problem_is_fixed_and_proved_by_the_real_tool(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, text, tool, fixed = CASES[language]
    require(tool)
    home = write(tmp_path / "home", config_dot_toml=_patient("go_vet", "cargo", "clang", "javac"))
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    root = write(
        tmp_path / "project",
        go_dot_mod="module example.com/m\n\ngo 1.21\n",
        Cargo_dot_toml='[package]\nname = "demo"\nversion = "0.1.0"\nedition = "2021"\n',
        _dot_git__HEAD="",
    )
    file = root / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8", newline="")
    main(["fix", "--apply", str(file)])
    assert file.read_text("utf-8").replace("\n\n", "\n") == fixed.replace("\n\n", "\n")


def _patient(*checkers: str) -> str:
    return "".join(f"[checkers.{name}]\ntimeout_s = 120\n" for name in checkers)
