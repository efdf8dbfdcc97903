"""Patches in Rust: rustc on each, and the oracle in one program for all."""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.patch_cases import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.patch_cases import Patch

_ALLOWED = "#![allow(dead_code, unused)]\n"
_PLACE = re.compile(r"^(p\d+)\.rs:\d+:\d+: error[^:]*: (.*)$", re.MULTILINE)


def faults(found: Sequence[Patch], folder: Path) -> dict[str, Fault]:
    """Why each of the wrong ones is wrong, by the patches' ids."""
    names = {f"p{number}": patch for number, patch in enumerate(found)}
    for name, patch in names.items():
        (folder / f"{name}.rs").write_text(patch.after, "utf-8")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        told = pool.map(lambda name: _compiled(folder, name), names)
    by_name = zip(names, told, strict=True)
    said = {name: Fault("tool", fault) for name, fault in by_name if fault}
    clean = [name for name in names if name not in said]
    for name in clean:
        text = f"{names[name].after}\npub fn check_() {{\n{names[name].base.oracle}}}\n"
        (folder / f"{name}.rs").write_text(text, "utf-8")
    said |= _refused(clean, folder)
    clean = [name for name in clean if name not in said]
    program = folder / "main.exe"
    for name in clean:
        done = subprocess.run(
            [str(program), name], capture_output=True, check=False, text=True, timeout=20
        )
        if done.returncode:
            said[name] = Fault("oracle", done.stderr.strip().partition("\n")[0])
    return {names[name].id: fault for name, fault in said.items()}


def _compiled(folder: Path, name: str) -> str:
    """The first thing that rustc says about a text; empty when it says nothing."""
    out = f"--out-dir={folder / 'out'}"
    done = _rustc(folder, "--crate-type=lib", "--emit=metadata", "--error-format=short", out, name)
    return done.stderr.partition("\n")[0]


def _refused(names: Sequence[str], folder: Path) -> dict[str, Fault]:
    """The texts whose oracle can't be compiled with them; of the others a program is made."""
    said: dict[str, Fault] = {}
    while True:
        left = [name for name in names if name not in said]
        (folder / "main.rs").write_text(_main(left), "utf-8")
        program = str(folder / "main.exe")
        built = _rustc(folder, "--error-format=short", "-o", program, "main")
        if not built.returncode:
            return said
        new = {one[1]: Fault("oracle", one[2]) for one in _PLACE.finditer(built.stderr)}
        if not new:
            raise RuntimeError(built.stderr)
        said |= new


def _main(names: Sequence[str]) -> str:
    modules = "".join(f"mod {name};\n" for name in names)
    cases = "".join(f'        "{name}" => {name}::check_(),\n' for name in names)
    return (
        f"{_ALLOWED}{modules}\nfn main() {{\n    match std::env::args().nth(1).unwrap().as_str() {{\n"
        f'{cases}        other => panic!("{{other}}"),\n    }}\n}}\n'
    )


def _rustc(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    *options, name = arguments
    return subprocess.run(
        ["rustc", "--edition=2021", *options, f"{name}.rs"],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        timeout=100,
    )
