"""A workspace of many files, made of what is installed beside this interpreter."""

from __future__ import annotations

import itertools
import os
import shutil
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.index.files import source_language
from understudy.index.leaving_out import reason_by_contents, reason_by_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BYTES = 200_000
_COMMENTS = {"python": "#"}


def make_workspace(root: Path, count: int) -> int:
    """Fill a folder with so many source files, and tell how many bytes that is.

    Where fewer are installed, they come again with another comment at their end.
    """
    sources = list(itertools.islice(_sources(), count))
    total = 0
    for number in range(count):
        source, name = sources[number % len(sources)]
        again = number // len(sources)
        target = root / f"part{again}" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        if again:
            mark = _COMMENTS.get(source_language(name) or "", "//")
            with target.open("a", encoding="utf-8") as file:
                file.write(f"\n{mark} {number}\n")
        total += target.stat().st_size
    return total


def _sources() -> Iterator[tuple[Path, str]]:
    """Files that somebody wrote, each with its name below the workspace, in a fixed order."""
    for top, name, languages, most in _places():
        found = (path for path in sorted(top.rglob("*")) if _counts(path, top, languages))
        for path in itertools.islice(found, most):
            yield path, f"{name}/{_name_below(path, top)}"


def _counts(path: Path, top: Path, languages: tuple[str, ...]) -> bool:
    if source_language(path.name) not in languages or path.is_symlink() or not path.is_file():
        return False
    raw = path.read_bytes()
    is_left_out = reason_by_name(_name_below(path, top)) or reason_by_contents(raw)
    return 0 < len(raw) <= _MAX_BYTES and not is_left_out


def _name_below(path: Path, top: Path) -> str:
    """Without the names that keep a folder out of an index."""
    below = path.relative_to(top).as_posix()
    return below.replace("node_modules", "modules").replace("site-packages", "packages")


def _places() -> Iterator[tuple[Path, str, tuple[str, ...], int]]:
    """Folders, each with its name in the workspace, what is taken of it, and how much at most."""
    python, web, go = ("python",), ("javascript", "typescript", "typescriptreact"), ("go",)
    yield Path(sysconfig.get_path("purelib")), "packages", python, 3_000
    node = shutil.which("node")
    modules = Path(node or "").resolve().parents[1] / "lib" / "node_modules"
    if modules.is_dir():
        yield modules, "node", web, 1_500
    compiler = shutil.which("go", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/local/go/bin")
    source = Path(compiler or "").resolve().parents[1] / "src"
    if (source / "go").is_dir():
        yield source, "go", go, 3_000
    yield Path(sysconfig.get_path("stdlib")), "library", python, 3_000
