"""Patches in TypeScript: the compiler over all, each with its oracle, and then Node."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

from tests.foreign_tools import node_modules
from tests.patch_cases import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.patch_cases import Patch

_OPTIONS = {
    "strict": True,
    "module": "commonjs",
    "target": "es2022",
    "outDir": "out",
    "types": [],
}
_ORACLE = "\nexport async function check_(must: (ok: boolean) => void): Promise<void> {\n%s}\n"
_RUN = """
const names = JSON.parse(process.argv[1]);
const must = (ok) => { if (!ok) throw new Error("a wrong answer"); };
(async () => {
  const found = {};
  for (const name of names) {
    try { await require(`./out/${name}.js`).check_(must); }
    catch (error) { found[name] = String(error); }
  }
  console.log(JSON.stringify(found));
})();
"""
_ERROR = re.compile(r"^(p\d+)\.ts\((\d+),\d+\): error (TS\d+: .*)$", re.MULTILINE)


def faults(found: Sequence[Patch], folder: Path) -> dict[str, Fault]:
    """Why each of the wrong ones is wrong, by the patches' ids."""
    names = {f"p{number}": patch for number, patch in enumerate(found)}
    for name, patch in names.items():
        oracle = _ORACLE % patch.base.oracle
        (folder / f"{name}.ts").write_text(patch.after + oracle, "utf-8")
    said = _compiled(names, folder)
    clean = [name for name in names if name not in said]
    failed = json.loads(_node(folder, "-e", _RUN, json.dumps(clean)))
    said |= {name: Fault("oracle", fault) for name, fault in failed.items()}
    return {names[name].id: fault for name, fault in said.items()}


def _compiled(names: dict[str, Patch], folder: Path) -> dict[str, Fault]:
    """What the compiler says of each text; while one does not parse, it tells only that."""
    compiler = str((node_modules() or folder) / "typescript" / "bin" / "tsc")
    said: dict[str, Fault] = {}
    for _ in range(2):
        files = [f"{name}.ts" for name in names if name not in said]
        project = json.dumps({"compilerOptions": _OPTIONS, "files": files})
        (folder / "tsconfig.json").write_text(project, "utf-8")
        printed = _node(folder, compiler, "--pretty", "false", "-p", ".")
        new = _told(printed, names)
        if not new and printed:
            raise RuntimeError(printed[:500])
        said |= new
    return said


def _told(printed: str, names: dict[str, Patch]) -> dict[str, Fault]:
    """What is told of each text; of what stands in it rather than of its oracle behind it."""
    found: dict[str, Fault] = {}
    for one in _ERROR.finditer(printed):
        # What is cut off is only missed behind its end.
        is_own = int(one[2]) <= names[one[1]].after.count("\n") or one[3].startswith("TS1")
        if is_own or one[1] not in found:
            found[one[1]] = Fault("tool" if is_own else "oracle", one[3])
    return found


def _node(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["node", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        timeout=100,
    )
    return done.stdout + done.stderr
