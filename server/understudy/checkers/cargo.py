"""Cargo, in a private copy of the project, with what it builds in the user's cache.

`cargo check` runs build scripts and procedural macros of the project and of its dependencies, so
where any may be, it runs in trusted folders only. A candidate for code that runs then is not
checked at all: nothing that a model wrote is run.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from understudy.checkers import Checker, ToolMissingError
from understudy.core.failures import UnavailableError
from understudy.workspace.build_folder import BuildFolder
from understudy.workspace.cargo_output import (
    RustFile,
    failure,
    hindrance,
    is_included,
    own_findings,
)
from understudy.workspace.cargo_project import is_run_by_build, project_of, runs_code
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
    project = await asyncio.to_thread(_allowed_project, view, view.path)
    build = _builds.setdefault((asyncio.get_running_loop(), project.root), _Build(project.root))
    async with build.turn:
        file, target = await to_its_end(build.prepare, view, project, content)
        finished = await run_tool(
            _command(command, project, file),
            stdin=b"",
            cwd=Surroundings(file.manifest.parent, {**_VARIABLES, "CARGO_TARGET_DIR": str(target)}),
            timeout_s=settings.timeout_s,
        )
        return await asyncio.to_thread(_read, finished, file, target)


async def _locate(view: View, settings: CheckerSettings) -> str:
    return await tell_version("cargo", ("--version",), view, settings)


async def _close() -> None:
    """Delete the copies of this event loop; what was built stays for the next time."""
    loop = asyncio.get_running_loop()
    for key in [key for key in _builds if key[0] is loop]:
        await asyncio.to_thread(_builds.pop(key).close)


class _Build:
    """A project's copy and where it is built; one check at a time uses them."""

    def __init__(self, root: Path) -> None:
        self.turn = asyncio.Lock()
        self._root = root
        self._opened: tuple[BuildFolder, ProjectCopy] | None = None

    def prepare(self, view: View, project: CargoProject, content: bytes) -> tuple[RustFile, Path]:
        """The file as Cargo will see it, and the folder for what it builds."""
        if self._opened is None:
            folder = BuildFolder.of(self._root)
            # rustc names files by their real paths.
            self._opened = folder, ProjectCopy(self._root, folder.path.resolve() / "tree")
        folder, copy = self._opened
        path = _real(view)
        copy.refresh_all({**_beside(view, project), path: content})
        path = copy.tree / path.relative_to(self._root)
        manifest = copy.tree / project.package.relative_to(self._root) / "Cargo.toml"
        base = copy.tree / project.base.relative_to(self._root)
        return RustFile(view.index, path, manifest, base), folder.path / "target"

    def close(self) -> None:
        if self._opened is not None:
            folder, copy = self._opened
            self._opened = None
            copy.remove()
            folder.let_go()


_builds: dict[tuple[AbstractEventLoop, Path], _Build] = {}


def _allowed_project(view: View, path: Path) -> CargoProject:
    """The file's package.

    Raises:
        ToolMissingError: when the folder is not trusted as far as checking it would need.
        UnavailableError: when there is none, or when the file itself would be run.
    """
    real = _real(view)
    project = project_of(real, None if view.root is None else view.root.resolve())
    if is_run_by_build(real, project):
        raise UnavailableError(
            f"`{path.name}` is part of a build script, which would run if it were checked."
        )
    if not view.policy.may_run_workspace_tools and runs_code(project):
        raise ToolMissingError(_NOT_TRUSTED)
    return project


def _beside(view: View, project: CargoProject) -> dict[Path, bytes | None]:
    """Other open Rust files, as they are in the editor or would be with an edit of several files.

    One that runs while another is checked, such as a macro, is left as it is on disk.
    """
    found: dict[Path, bytes | None] = {}
    for one in view.beside:
        path = one.path.parent.resolve() / one.path.name
        if one.language == "rust" and path.is_relative_to(project.root):
            with contextlib.suppress(UnavailableError, UnicodeEncodeError):
                own = project_of(path, project.root)
                runs = own.is_proc_macro and own.package != project.package
                if not runs and not is_run_by_build(path, own):
                    found[path] = one.text.encode()
    return found


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
    """What was found; nothing found counts only when rustc looked at the file to the end."""
    found = own_findings(finished.stdout, file)
    why = hindrance(finished.stdout, file)
    if found and (not why or any(one.severity is Severity.ERROR for one in found)):
        return found
    if not why and finished.returncode != 0 and b'"compiler-message"' not in finished.stdout:
        if b"no such command" in finished.stderr:
            raise ToolMissingError(f"Cargo: {failure(finished.stderr)}.")
        why = f"Cargo gave no answer: {failure(finished.stderr)}."
    if not why and not is_included(target, file):
        why = f"No crate of the package includes `{file.path.name}`, so rustc did not look at it."
    if why:
        raise UnavailableError(why)
    return ()


CHECKER = Checker(
    id="cargo",
    languages=frozenset({"rust"}),
    run=_run,
    locate=_locate,
    staged=True,
    sources=frozenset({"rustc", "clippy", "rust-analyzer"}),
    close=_close,
)
