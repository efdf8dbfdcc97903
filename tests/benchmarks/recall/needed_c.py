"""Print, as JSON, which definitions the functions of C packages need, as Clang resolves their names.

Runs in an environment with libclang: `needed_c.py FOLDER SEED COUNT PACKAGE...`.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clang.cindex import (  # type: ignore[import-not-found]  # only in that environment
    CursorKind,
    Index,
    TranslationUnit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_LINES, MOST_LINES = 5, 60
_KINDS = {
    CursorKind.FUNCTION_DECL,
    CursorKind.STRUCT_DECL,
    CursorKind.UNION_DECL,
    CursorKind.ENUM_DECL,
    CursorKind.TYPEDEF_DECL,
    CursorKind.FIELD_DECL,
    CursorKind.ENUM_CONSTANT_DECL,
    CursorKind.VAR_DECL,
    CursorKind.MACRO_DEFINITION,
}
_KEEP_GOING = 0x200
"""`CXTranslationUnit_KeepGoing`: a header of another system that is missing is not the end."""
_OPTIONS = TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD | _KEEP_GOING

Place = tuple[str, int, str]


@dataclass
class Package:
    """What was found in the files of a package.

    Attributes:
        places: by Clang's name of a definition: path, line from 0, name.
        functions: by path, first line and line behind the last: Clang's names of what they use.
    """

    root: Path
    places: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))
    functions: dict[tuple[str, int, int], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def read(self, path: Path, arguments: list[str]) -> None:
        """Add what Clang knows after one file."""
        macros: dict[str, list[tuple[int, str]]] = defaultdict(list)
        functions: list[tuple[str, int, int]] = []
        parsed = Index.create().parse(str(path), arguments, options=_OPTIONS)
        for top in parsed.cursor.get_children():
            where = self._below(top.location.file)
            if where is None:
                continue
            if top.kind == CursorKind.MACRO_INSTANTIATION and top.referenced is not None:
                macros[where].append((top.location.line - 1, top.referenced.get_usr()))
                continue
            self._add_places(top)
            if top.kind == CursorKind.FUNCTION_DECL and top.is_definition():
                place = where, top.extent.start.line - 1, top.extent.end.line
                functions.append(place)
                self.functions[place] |= {name for name in _used(top) if name}
        for place in functions:
            path_of, first, stop = place
            self.functions[place] |= {n for line, n in macros[path_of] if first <= line < stop}

    def needed(self, place: tuple[str, int, int]) -> list[Any]:
        """For each definition in other files that a function uses: all its places."""
        found = {}
        for name in self.functions[place]:
            places = sorted(self.places.get(name, ()))
            if places and all(where != place[0] for where, _, _ in places):
                found[str(places)] = [list(one) for one in places]
        return [found[key] for key in sorted(found)]

    def _add_places(self, top: Any) -> None:
        for one in top.walk_preorder():
            where = self._below(one.location.file) if one.kind in _KINDS else None
            if where is not None and one.spelling and "(" not in one.spelling:
                place = where, one.location.line - 1, one.spelling
                self.places[one.get_usr()].add(place)

    def _below(self, file: Any) -> str | None:
        path = Path(str(file)) if file is not None else None
        if path is None or not path.is_relative_to(self.root):
            return None
        return path.relative_to(self.root).as_posix()


def main() -> None:
    folder, seed, count, *packages = sys.argv[1:]
    for name in packages:
        package = Package(Path(folder).resolve() / "node_modules" / name)
        headers = sorted({path.parent for path in package.root.rglob("*.h")})
        arguments = [f"-I{one}" for one in headers] + _system()
        for source in sorted(package.root.rglob("*.c")):
            package.read(source, arguments)
        for path, first, stop in _drawn(package, int(seed), int(count)):
            row = {"package": name, "path": path, "start": first, "stop": stop}
            print(json.dumps(row | {"needed": package.needed((path, first, stop))}), flush=True)


def _drawn(package: Package, seed: int, count: int) -> list[tuple[str, int, int]]:
    """Functions that need something, in an order that hangs on the seed alone."""
    fit = [
        place
        for place in sorted(package.functions)
        if LEAST_LINES <= place[2] - place[1] <= MOST_LINES and package.needed(place)
    ]
    random.Random(seed).shuffle(fit)  # noqa: S311 - the same cases every time
    return fit[:count]


def _used(function: Any) -> Iterator[str]:
    for one in function.walk_preorder():
        if one.referenced is not None and one.referenced.kind in _KINDS:
            yield one.referenced.get_usr()


def _system() -> list[str]:
    """Where the headers of a C compiler of this machine are, which libclang comes without."""
    compiler = shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return []
    done = subprocess.run(
        [compiler, "-print-file-name=include"], capture_output=True, text=True, check=True
    )
    return ["-isystem", done.stdout.strip()]


if __name__ == "__main__":
    main()
