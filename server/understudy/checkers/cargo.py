"""Cargo, in a private copy of the project, with what it builds in the user's cache.

`cargo check` runs build scripts and procedural macros of the project and of its dependencies, so
where any may be, it runs in trusted folders only. A candidate for a file of which manifests and
sources tell that it runs then is not checked at all, and neither is one where they leave that open.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.checkers import Checker, ToolMissingError
from understudy.core.failures import UnavailableError
from understudy.workspace.build_folder import BuildFolder
from understudy.workspace.cargo_output import (
    PROBE,
    RustFile,
    error_elsewhere,
    failure,
    has_errors,
    is_crash,
    is_included,
    is_probed,
    own_findings,
)
from understudy.workspace.cargo_project import project_of, runs_code
from understudy.workspace.cargo_runs import Runs, runs_while_checked
from understudy.workspace.diagnostics import Severity
from understudy.workspace.off_loop import to_its_end
from understudy.workspace.project_copy import ProjectCopy
from understudy.workspace.tool_text import encoded, tell_version
from understudy.workspace.tools import Surroundings, find_tool, run_tool

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from pathlib import Path

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.cargo_project import CargoProject
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.tools import Finished
    from understudy.workspace.view import View

_OPTIONS = ("--offline", "--message-format=json", "--keep-going", "--quiet")
_VARIABLES = {
    "CARGO_NET_OFFLINE": "true",
    "CARGO_TERM_COLOR": "never",
    "RUSTUP_AUTO_INSTALL": "0",
}
_NOT_TRUSTED = (
    "The workspace is not trusted, and `cargo check` may run its build scripts and macros."
)


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    if view.path is None:
        raise UnavailableError("Cargo needs a file in a package, and this document has none.")
    command = await asyncio.to_thread(find_tool, "cargo", view, settings)
    content = encoded(view, "rustc")
    project, runs = await asyncio.to_thread(_allowed_project, view, view.path)
    if again := runs.aliases.intersection(command):
        raise UnavailableError(f"The project gives `cargo {min(again)}` another meaning.")
    build = _builds.setdefault((asyncio.get_running_loop(), project.root), _Build(project.root))
    look = _Look(_Text(view, content, runs), project, command, settings.timeout_s)
    async with build.turn:
        finished, file, target = await look.at(build, content)
        found = await asyncio.to_thread(_read, finished, file, target)
        doubt = error_elsewhere(finished.stdout, file)
        if doubt is None or any(one.severity is Severity.ERROR for one in found):
            return found
        if not doubt.is_far:
            probed, file, _ = await look.at(build, content + PROBE.encode())
            if is_probed(probed.stdout, file):
                return found
        raise UnavailableError(doubt.why)


async def _locate(view: View, settings: CheckerSettings) -> str:
    return await tell_version("cargo", ("--version",), view, settings)


async def _close() -> None:
    """Delete the copies of this event loop; what was built stays for the next time."""
    loop = asyncio.get_running_loop()
    for key in [key for key in _builds if key[0] is loop]:
        await asyncio.to_thread(_builds.pop(key).close)


@dataclass(frozen=True, slots=True)
class _Text:
    """What is checked, and which files run meanwhile."""

    view: View
    content: bytes
    runs: Runs


@dataclass(frozen=True, slots=True)
class _Look:
    """One check: what is looked at, and how."""

    text: _Text
    project: CargoProject
    command: tuple[str, ...]
    timeout_s: float

    async def at(self, build: _Build, content: bytes) -> tuple[Finished, RustFile, Path]:
        """What Cargo says when the document holds this; the file as it saw it; where it builds."""
        text = replace(self.text, content=content)
        file, target = await to_its_end(build.prepare, text, self.project)
        finished = await run_tool(
            _command(self.command, self.project, file),
            stdin=b"",
            cwd=Surroundings(file.manifest.parent, {**_VARIABLES, "CARGO_TARGET_DIR": str(target)}),
            timeout_s=self.timeout_s,
        )
        return finished, file, target


class _Build:
    """A project's copy and where it is built; one check at a time uses them."""

    def __init__(self, root: Path) -> None:
        self.turn = asyncio.Lock()
        self._root = root
        self._opened: tuple[BuildFolder, ProjectCopy] | None = None

    def prepare(self, text: _Text, project: CargoProject) -> tuple[RustFile, Path]:
        """The file as Cargo will see it, and the folder for what it builds."""
        if self._opened is None:
            folder = BuildFolder.of(self._root)
            # rustc names files by their real paths.
            self._opened = folder, ProjectCopy(self._root, folder.path.resolve() / "tree")
        folder, copy = self._opened
        path = _real(text.view)
        copy.refresh_all({**_beside(text, project), path: text.content})
        path = copy.tree / path.relative_to(self._root)
        manifest = copy.tree / project.package.relative_to(self._root) / "Cargo.toml"
        base = copy.tree / project.base.relative_to(self._root)
        return RustFile(text.view.index, path, manifest, base, project.base), folder.path / "target"

    def close(self) -> None:
        if self._opened is not None:
            folder, copy = self._opened
            self._opened = None
            copy.remove()
            folder.let_go()


_builds: dict[tuple[AbstractEventLoop, Path], _Build] = {}


def _allowed_project(view: View, path: Path) -> tuple[CargoProject, Runs]:
    """The file's package, and what runs while it is checked.

    Raises:
        ToolMissingError: when the folder is not trusted as far as checking it would need.
        UnavailableError: when there is none, or when the file itself would be run.
    """
    real = _real(view)
    project = project_of(real, None if view.root is None else view.root.resolve())
    runs = Runs(project.root, frozenset())
    if runs_code(project):
        if not view.policy.may_run_workspace_tools:
            raise ToolMissingError(_NOT_TRUSTED)
        texts = (real, *_inside(view, project))
        runs = runs_while_checked(project.root, project.package, texts)
    if runs.holds(real):
        raise UnavailableError(
            f"`{path.name}` is part of a build script or a macro, which would run if it were checked."
        )
    return project, runs


def _beside(text: _Text, project: CargoProject) -> dict[Path, bytes | None]:
    """Other open Rust files, as they are in the editor or would be with an edit of several files.

    One that runs while another is checked, such as a macro, is left as it is on disk.
    """
    found: dict[Path, bytes | None] = {}
    for path, content in _inside(text.view, project).items():
        with contextlib.suppress(UnicodeEncodeError):
            if not text.runs.holds(path):
                found[path] = content.encode()
    return found


def _inside(view: View, project: CargoProject) -> dict[Path, str]:
    """The texts of other open Rust files of the project."""
    files = ((one, one.path.parent.resolve() / one.path.name) for one in view.beside)
    return {
        path: one.text
        for one, path in files
        if one.language == "rust" and path.is_relative_to(project.root)
    }


def _real(view: View) -> Path:
    """The document's place without links above it."""
    if view.path is None:
        raise UnavailableError("The document has no place.")
    return view.path.parent.resolve() / view.path.name


def _command(command: tuple[str, ...], project: CargoProject, file: RustFile) -> tuple[str, ...]:
    """`cargo check`, or what the settings' command says, such as `cargo clippy`.

    Of a package of macros only the library is compiled: its tests would run the macros.
    """
    what = () if len(command) > 1 else ("check",)
    targets = "--lib" if project.is_proc_macro else "--all-targets"
    return (*command, *what, *_OPTIONS, targets, "--manifest-path", str(file.manifest))


def _read(finished: Finished, file: RustFile, target: Path) -> tuple[Diagnostic, ...]:
    """What was found in the file.

    Raises:
        UnavailableError: when rustc did not look at the file, or not to the end.
    """
    if b"no such command" in finished.stderr:
        raise ToolMissingError(f"Cargo: {failure(finished.stderr)}.")
    if is_crash(finished):
        raise UnavailableError(f"rustc did not come to its end: {failure(finished.stderr)}.")
    if finished.returncode != 0 and not has_errors(finished.stdout):
        raise UnavailableError(f"Cargo gave no answer: {failure(finished.stderr)}.")
    found = own_findings(finished.stdout, file)
    if not found and finished.returncode == 0 and not is_included(target, file):
        name = file.path.name
        raise UnavailableError(
            f"No crate of the package includes `{name}`, so rustc did not look at it."
        )
    return found


CHECKER = Checker(
    id="cargo",
    languages=frozenset({"rust"}),
    run=_run,
    locate=_locate,
    staged=True,
    sources=frozenset({"rustc", "clippy", "rust-analyzer"}),
    close=_close,
)
