"""Print, as JSON, which definitions the functions of Python packages need, as jedi resolves their names.

Runs in the peers' environment: `needed_python.py FOLDER SEED COUNT PACKAGE...`.
"""

from __future__ import annotations

import ast
import json
import random
import sys
from pathlib import Path
from typing import Any

import jedi  # type: ignore[import-not-found]  # only in the peer's environment

LEAST_LINES, MOST_LINES = 5, 60
_NOT_DEFINITIONS = {"module", "param", "namespace", "keyword"}


def main() -> None:
    folder, seed, count, *packages = sys.argv[1:]
    root = Path(folder)
    project = jedi.Project(folder, sys_path=[folder], smart_sys_path=False)
    for package in packages:
        found = 0
        for place in _functions(root, package, int(seed)):
            needed = _needed(project, root, package, place)
            path, first, stop = place
            if needed:
                row = {"package": package, "path": path, "start": first, "stop": stop}
                print(json.dumps(row | {"needed": needed}), flush=True)
                found += 1
            if found == int(count):
                break


def _functions(root: Path, package: str, seed: int) -> list[tuple[str, int, int]]:
    """The functions of a package in an order that hangs on the seed alone; lines from 0."""
    found = []
    for path in sorted((root / package).rglob("*.py")):
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first, stop = node.lineno - 1, node.end_lineno or node.lineno
                if LEAST_LINES <= stop - first <= MOST_LINES:
                    found.append((path.relative_to(root).as_posix(), first, stop))
    random.Random(seed).shuffle(found)  # noqa: S311 - the same cases every time
    return found


def _needed(project: Any, root: Path, package: str, place: tuple[str, int, int]) -> list[Any]:
    """For each name that leads to another file of the package: all places as `[path, line, name]`."""
    path, first, stop = place
    script = jedi.Script(path=root / path, project=project)
    found: dict[str, list[Any]] = {}
    for name in script.get_names(all_scopes=True, definitions=True, references=True):
        if first <= name.line - 1 < stop:
            places = sorted(_places(name, root, package))
            if places and all(where != path for where, _, _ in places):
                found[str(places)] = [list(one) for one in places]
    return [found[key] for key in sorted(found)]


def _places(name: Any, root: Path, package: str) -> set[tuple[str, int, str]]:
    """Where a name is defined in the package; imports that jedi could not follow are no definitions."""
    found = set()
    for one in _definitions(name):
        inside = one.module_path is not None and one.module_path.is_relative_to(root / package)
        if not inside or one.type in _NOT_DEFINITIONS or one.line is None:
            continue
        if not one.get_line_code().lstrip().startswith(("from ", "import ")):
            found.add((one.module_path.relative_to(root).as_posix(), one.line - 1, one.name))
    return found


def _definitions(name: Any) -> list[Any]:
    try:
        found: list[Any] = name.goto(follow_imports=True)
    except Exception:  # noqa: BLE001 - jedi fails in many ways, which costs one name
        return []
    return found


if __name__ == "__main__":
    main()
