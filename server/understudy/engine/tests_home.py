"""Where the tests of a file are kept, or are to be kept as other tests of the project are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.core.failures import RefusedError
from understudy.engine.named_files import view_of
from understudy.engine.related_tests import Source, nearest_first, related_tests, sources_of
from understudy.engine.tests_naming import is_test, names_of_tests, tested_stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.workspace.view import View

_IN_THE_FILE = frozenset({"rust"})
"""Languages in which the tests of a module stand in its own file."""
_BESIDE = frozenset({"go", "typescript", "typescriptreact", "javascript", "javascriptreact"})
"""Languages in which tests lie beside what they test, where a project has none yet."""
_MAIN, _TEST = "/src/main/", "/src/test/"
"""What Maven and Gradle call the folders."""


@dataclass(frozen=True, slots=True)
class TestsHome:
    """The place for tests of a file.

    Attributes:
        path: below the workspace folder; the document's own where tests stand in it.
        view: the file as it is; None where it is to be made.
        sample: a test file of the project that shows the style; None where there is none.
        own: whether the tests stand in the document itself.
    """

    __test__ = False

    path: str
    view: View | None = None
    sample: View | None = None
    own: bool = False


def tests_home(view: View) -> TestsHome:
    """Where tests of a document belong. Reads the disk, as far as ignore files let it.

    Raises:
        RefusedError: when that can't be told, or the file there can't be read.
    """
    if view.root is None or view.path is None or not view.path.is_relative_to(view.root):
        raise RefusedError(f"`{view.name}` lies in no workspace folder, so it can have no tests.")
    if view.language in _IN_THE_FILE or is_test(view.name, view.language):
        return TestsHome(view.name, view, own=True)
    first = next(iter(related_tests(view)), None)
    if first is not None:
        name = first.relative_to(view.root).as_posix()
        if tested_stem(name, view.language) == view.path.stem:
            return TestsHome(name, _readable(view, name))
    others = nearest_first(view, [one for one in sources_of(view) if one.is_test])
    path = _new_path(view, others)
    if (view.root / path).exists():
        return TestsHome(path, _readable(view, path))
    sample = view_of(view, others[0].path) if others else None
    return TestsHome(path, sample=sample)


def import_name(view: View) -> str:
    """How a Python file is imported, as far as its packages tell; empty for other files."""
    if view.language != "python" or view.path is None:
        return ""
    parts = [] if view.path.stem == "__init__" else [view.path.stem]
    folder = view.path.parent
    while (folder / "__init__.py").is_file() and folder != view.root:
        parts.insert(0, folder.name)
        folder = folder.parent
    return ".".join(parts)


def _readable(view: View, name: str) -> View:
    found = view_of(view, view.root / name) if view.root is not None else None
    if found is None:
        raise RefusedError(f"`{name}` can't be read, so no tests are written into it.")
    return found


def _new_path(view: View, others: Sequence[Source]) -> str:
    """The path of a new test file, like the nearest of the others."""
    own = PurePosixPath(view.name)
    names = names_of_tests(view.language, own.stem)
    if not names:
        raise RefusedError(f"Nobody said how test files are called in {view.language}.")
    if others:
        return _like(others[0], view, names)
    if _MAIN in f"/{view.name}":
        return f"/{view.name}".replace(_MAIN, _TEST, 1)[1:].replace(own.name, names[0])
    if view.language in _BESIDE:
        return str(own.parent / names[0])
    return f"tests/{names[0]}"


def _like(sample: Source, view: View, names: Sequence[str]) -> str:
    """The path that follows the same pattern, in the same kind of place."""
    own, there = PurePosixPath(view.name), PurePosixPath(sample.name)
    stem = tested_stem(sample.name, view.language) or ""
    patterns = names_of_tests(view.language, stem)
    name = next(
        (name for name, known in zip(names, patterns, strict=True) if sample.name.endswith(known)),
        names[0],
    )
    up = len(PurePosixPath(name).parts)
    above = there.parents[up - 1]
    is_beside = view.root is not None and any(
        (view.root / above / f"{stem}{suffix}").is_file() for suffix in (own.suffix, there.suffix)
    )
    return str((own.parent if is_beside or view.language == "go" else above) / name)
