"""Patches in Go: `go vet`, which compiles them first, and the oracle in one program for all."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from tests.patch_cases import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.patch_cases import Patch

_MUST = """package scratch

func must(ok bool) {
	if !ok {
		panic("a wrong answer")
	}
}

// Check runs the oracle.
func Check() { check() }
"""
_PLACE = re.compile(r"^(?:vet: )?(?:\./)?(p\d+)[/\\](\w+)\.go:\d+:\d+: (.*)$", re.MULTILINE)


def faults(found: Sequence[Patch], folder: Path) -> dict[str, Fault]:
    """Why each of the wrong ones is wrong, by the patches' ids."""
    (folder / "go.mod").write_text("module proof\n\ngo 1.22\n", "utf-8")
    names = {f"p{number}": patch for number, patch in enumerate(found)}
    for name, patch in names.items():
        package = folder / name
        package.mkdir()
        (package / "subject.go").write_text(patch.after, "utf-8")
        (package / "oracle.go").write_text(f"package scratch\n\n{patch.base.oracle}", "utf-8")
        (package / "must.go").write_text(_MUST, "utf-8")
    said = _vetted(list(names), folder)
    clean = [name for name in names if name not in said]
    program = _program(clean, folder)
    for name in clean:
        if fault := _failed(program, name):
            said[name] = Fault("oracle", fault)
    return {names[name].id: fault for name, fault in said.items()}


def _vetted(names: list[str], folder: Path) -> dict[str, Fault]:
    """What Go says of each package. A package that it can't load keeps it from the others."""
    said: dict[str, Fault] = {}
    while True:
        left = [f"./{name}" for name in names if name not in said]
        printed = _go(folder, "vet", *left).stderr
        told = [one for one in _PLACE.finditer(printed) if one[1] not in said]
        new = {one[1]: Fault("oracle", one[3]) for one in told}
        new |= {one[1]: Fault("tool", one[3]) for one in told if one[2] == "subject"}
        if not new and printed:
            raise RuntimeError(printed)
        if not new:
            return said
        said |= new


def _program(names: Iterable[str], folder: Path) -> Path:
    imports = "".join(f'\t{name} "proof/{name}"\n' for name in names)
    cases = "".join(f'\tcase "{name}":\n\t\t{name}.Check()\n' for name in names)
    main = f'package main\n\nimport (\n\t"os"\n{imports})\n\nfunc main() {{\n'
    (folder / "main").mkdir()
    (folder / "main" / "main.go").write_text(f"{main}\tswitch os.Args[1] {{\n{cases}\t}}\n}}\n")
    program = folder / "main" / "main.exe"
    built = _go(folder, "build", "-o", str(program), "./main")
    if built.returncode:
        raise RuntimeError(built.stderr)
    return program


def _failed(program: Path, name: str) -> str:
    done = subprocess.run(
        [str(program), name], capture_output=True, check=False, text=True, timeout=20
    )
    return done.stderr.partition("\n")[0] if done.returncode else ""


def _go(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    offline = {"GOFLAGS": "-buildvcs=false", "GOPROXY": "off", "GOTOOLCHAIN": "local"}
    return subprocess.run(
        ["go", *arguments],
        cwd=folder,
        env={**os.environ, **offline},
        capture_output=True,
        check=False,
        text=True,
        timeout=100,
    )
