"""Patches in Python: ruff, basedpyright, and the oracle by this interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.patch_cases import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.patch_cases import Patch

_IMPLIED = frozenset({("E722", "BLE001")})
"""What ruff only says once it no longer says the first, though it held all the time."""
_RUN = """
import contextlib, io, json, sys
for line in sys.stdin:
    given = json.loads(line)
    space = {"__name__": "subject", "source": given["after"]}
    fault = ""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(given["after"], "subject.py", "exec"), space)
            exec(compile(given["oracle"], "oracle.py", "exec"), space)
    except BaseException as error:
        fault = f"{type(error).__name__}: {error}"
    print(json.dumps(fault))
"""


def faults(found: Sequence[Patch], folder: Path) -> dict[str, Fault]:
    """Why each of the wrong ones is wrong, by the patches' ids."""
    names = {f"p{number}.py": patch for number, patch in enumerate(found)}
    for name, patch in names.items():
        (folder / name).write_text(patch.after, "utf-8")
    return {**_by_oracle(found), **_by_tools(names, folder)}


def _by_tools(names: dict[str, Patch], folder: Path) -> dict[str, Fault]:
    implied: dict[str, str] = {}
    lint = _printed(
        _program("ruff"), "check", "--isolated", "--no-cache", "--output-format=json", folder
    )
    said: dict[str, str] = {}
    for one in lint:
        is_implied = (names[Path(one["filename"]).name].base.code, one["code"]) in _IMPLIED
        found = implied if is_implied else said
        found[one["filename"]] = f"ruff {one['code']}: {one['message']}"
    for one in _printed(_program("basedpyright"), "--outputjson", folder)["generalDiagnostics"]:
        patch = names[Path(one["file"]).name]
        if one["severity"] == "error" or one.get("rule") == patch.base.code:
            said[one["file"]] = f"basedpyright {one.get('rule')}: {one['message']}"
    told = {names[Path(file).name].id: Fault("rule", text) for file, text in implied.items()}
    return told | {names[Path(file).name].id: Fault("tool", text) for file, text in said.items()}


def _by_oracle(found: Sequence[Patch]) -> dict[str, Fault]:
    lines = [json.dumps({"after": one.after, "oracle": one.base.oracle}) for one in found]
    done = subprocess.run(
        [sys.executable, "-c", _RUN],
        input="\n".join(lines),
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    by_id = zip((one.id for one in found), told, strict=True)
    return {one: Fault("oracle", fault) for one, fault in by_id if fault}


def _printed(*command: object) -> Any:
    done = subprocess.run(
        list(map(str, command)), capture_output=True, check=False, text=True, timeout=100
    )
    return json.loads(done.stdout)


def _program(name: str) -> Path:
    """A program beside the interpreter, where they are installed with Understudy."""
    found = sorted(Path(sys.executable).parent.glob(f"{name}*"), key=lambda one: len(one.name))
    return found[0]
