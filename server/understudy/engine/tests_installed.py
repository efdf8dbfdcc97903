"""Installed packages for tests that run in a copy of a project, and what must come from the copy.

A package manager installs the project's own packages as links to their folders. Tests that followed
them would look at the user's files, and tell nothing about the edit.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain
from understudy.workspace.shadow import link_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_OWN_HIDDEN = frozenset({".bin", ".pnpm"})
_MAX_BYTES = 1024 * 1024
_MOST_FOLDERS = 2_000
_QUOTED = re.compile(r"'([^'\n]{1,4096})'|\"([^\"\n]{1,4096})\"")
_PLUGIN = "understudy_strays"
_PLUGIN_TEXT = '''\
"""Notes the modules that the tests imported from the project's folder in place of its copy."""

import os
import sys

ROOT, COPY = os.environ["UNDERSTUDY_ROOT"], os.environ["UNDERSTUDY_COPY"]
NOTES = os.environ["UNDERSTUDY_STRAYS"]


def pytest_sessionfinish():
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str):
            continue
        real = os.path.realpath(file)
        # What the copy lacks, such as an environment's packages, is nobody's work.
        if real.startswith(os.path.join(ROOT, "")):
            if os.path.exists(os.path.join(COPY, os.path.relpath(real, ROOT))):
                with open(NOTES, "a", encoding="utf-8") as notes:
                    notes.write(real + "\\n")
'''


def link_modules(modules: Mapping[Path, Path], root: Path, tree: Path) -> None:
    """Lay installed Node packages into a copy: each as a link in a real folder.

    So what is written beside them stays in the copy, and a package of the project itself is the
    copy's. What is written *into* one that is installed reaches it.

    Args:
        modules: folders called `node_modules`, by their place in the copy.
        root: the project.
        tree: its copy.
    """
    waiting, done = list(modules.items()), set[Path]()
    while waiting and len(done) < _MOST_FOLDERS:
        own, real = waiting.pop()
        if own in done:
            continue
        done.add(own)
        own.mkdir(parents=True, exist_ok=True)
        for entry in _entries(real):
            if entry.name.startswith("@") and not entry.is_symlink():
                waiting.append((own / entry.name, entry))
                continue
            copied = _in_copy(entry, root, tree)
            if copied is not None and (further := _real_modules(copied, root, tree)).is_dir():
                waiting.append((copied / "node_modules", further))
            with contextlib.suppress(FileExistsError):
                link_to(copied or entry, own / entry.name, is_folder=entry.is_dir())


def _entries(real: Path) -> list[Path]:
    return [
        one for one in real.iterdir() if not one.name.startswith(".") or one.name in _OWN_HIDDEN
    ]


def _in_copy(entry: Path, root: Path, tree: Path) -> Path | None:
    """The place in the copy of a folder of the project to which an installed package is a link."""
    target = Path(os.path.realpath(entry))
    home = Path(os.path.realpath(root))
    if not target.is_relative_to(home) or "node_modules" in target.relative_to(home).parts:
        return None
    copied = tree / target.relative_to(home)
    return copied if copied.is_dir() else None


def _real_modules(copied: Path, root: Path, tree: Path) -> Path:
    return root / copied.relative_to(tree) / "node_modules"


def editable_roots(site_packages: Iterable[Path], root: Path, tree: Path) -> Iterator[Path]:
    """Folders of the copy for those of the project that are installed in editable mode.

    Told by the path files and the import hooks that installers write: the folder in a `.pth` file is
    searched for modules; what a hook names is a package, so the folder above is searched.
    """
    home = Path(os.path.realpath(root))
    for folder in site_packages:
        for path in (*folder.glob("*.pth"), *folder.glob("__editable__*.py")):
            try:
                text = read_plain(path, _MAX_BYTES).decode("utf-8", "replace")
            except (OSError, ValueError):
                continue
            for named, is_package in _named(text, is_hook=path.suffix == ".py"):
                real = Path(os.path.realpath(named))
                if real.is_relative_to(home):
                    copied = tree / real.relative_to(home)
                    yield copied.parent if is_package and copied != tree else copied


def _named(text: str, *, is_hook: bool) -> Iterator[tuple[str, bool]]:
    if is_hook:
        found = (one[1] or one[2] for one in _QUOTED.finditer(text))
    else:
        found = (line.strip() for line in text.split("\n"))
    for one in found:
        # In a Windows path of a Python literal, every backslash is doubled.
        path = one.replace("\\\\", "\\") if is_hook else one
        if Path(path).is_absolute():
            yield path, is_hook


def watch_imports(
    spare: Path, root: Path, tree: Path
) -> tuple[tuple[str, ...], dict[str, str], Path]:
    """A pytest plug-in that notes which modules are imported from the project itself.

    Args:
        spare: a folder for what is written.
        root: the project.
        tree: its copy.

    Returns:
        Options for pytest, environment variables, and the file of notes, which `first_stray` reads.
    """
    folder, notes = spare / "plugins", spare / "strays.txt"
    folder.mkdir(exist_ok=True)
    (folder / f"{_PLUGIN}.py").write_text(_PLUGIN_TEXT, encoding="utf-8")
    variables = {
        "PYTHONPATH": str(folder),
        "UNDERSTUDY_ROOT": os.path.realpath(root),
        "UNDERSTUDY_COPY": str(tree),
        "UNDERSTUDY_STRAYS": str(notes),
    }
    return ("-p", _PLUGIN), variables, notes


def refuse_strays(notes: Path, root: Path) -> None:
    """Check that nothing was imported from the project itself.

    Raises:
        UnavailableError: when something was, so that the tests tell nothing about an edit.
    """
    try:
        lines = read_plain(notes, _MAX_BYTES).decode("utf-8", "replace").split("\n")
    except (OSError, ValueError):
        return
    stray = min((line for line in lines if line), default="")
    if stray:
        name = Path(stray).relative_to(os.path.realpath(root)).as_posix()
        raise UnavailableError(
            f"The tests import `{name}` from the folder itself and not from its copy, so they would"
            " tell nothing about the edit."
        )
