"""Go's type checker and `go vet`, which see the text in an overlay in place of the file on disk.

The overlay (`go help build`) is a JSON file that names other content for a path, so nothing of the
project is copied, and the user's own build cache keeps repeated checks short.
"""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.checkers import Checker
from understudy.core.failures import UnavailableError
from understudy.workspace.go_output import (
    GoFile,
    errors_in,
    hindrance,
    is_crash,
    is_listed,
    own_errors,
    read_vet,
)
from understudy.workspace.off_loop import held
from understudy.workspace.shadow import private_file
from understudy.workspace.tool_text import encoded, reason, tell_version
from understudy.workspace.tools import Surroundings, find_tool, run_tool

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Mapping

    from understudy.config.settings import CheckerSettings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.tools import Finished
    from understudy.workspace.view import View

_VARIABLES = {
    "GOFLAGS": "-buildvcs=false",
    "GOPROXY": "off",
    "GOTOOLCHAIN": "local",
    "GOTELEMETRY": "off",
}
"""No git, no network, no other toolchain; and no `-mod=mod` of the user's, which writes `go.mod`."""
_ALL_ERRORS = "-gcflags=-e"
"""The compiler ends after ten errors otherwise."""
_BUILT = "-json=GoFiles,CgoFiles,TestGoFiles,XTestGoFiles"


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(find_tool, "go", view, settings)
    content = encoded(view, "Go")
    async with held(_prepared(view, content)) as go:
        run = _Runner(go, command, settings.timeout_s)
        listed, vetted = await _both(run("list", "-e", _BUILT), run("vet", "-json"))
        if vetted.returncode == 0:
            _check_is_built(listed, go.file)
            return read_vet(vetted.stdout or vetted.stderr, go.file)
        # `go vet` tells one of the errors that keep it from looking; the compiler tells all.
        compiled = await run(*_compiling(go.file.path))
    for ended in (vetted, compiled):
        if is_crash(ended.stderr):
            raise UnavailableError(f"Go broke down: {reason(ended.stderr)}.")
    errors = [*errors_in(compiled.stderr), *errors_in(vetted.stderr)]
    found = tuple(dict.fromkeys(own_errors(errors_in(compiled.stderr), go.file)))
    found = found or own_errors(errors, go.file)[:1]
    if found:
        return found
    if not errors or (compiled.returncode and not errors_in(compiled.stderr)):
        raise UnavailableError(f"Go gave no answer: {reason(compiled.stderr or vetted.stderr)}.")
    if why := hindrance(errors, go.file):
        raise UnavailableError(why)
    _check_is_built(listed, go.file)
    return ()


async def _locate(view: View, settings: CheckerSettings) -> str:
    return await tell_version("go", ("version",), view, settings)


@dataclass(frozen=True, slots=True)
class _Go:
    """What Go is asked about.

    Attributes:
        overlay: the JSON file that puts the text in its place.
        target: the package: a folder, or a file that belongs to no module.
        beside: where the texts of other open files lie, by their own places.
    """

    file: GoFile
    overlay: Path
    target: str
    beside: Mapping[str, str]

    def told(self, output: bytes) -> bytes:
        """What Go prints, with the other files under their own names."""
        for path, text in self.beside.items():
            output = output.replace(os.fsencode(text), os.fsencode(path))
        return output


@dataclass(frozen=True, slots=True)
class _Runner:
    """Runs subcommands of `go` about one file."""

    go: _Go
    command: tuple[str, ...]
    timeout_s: float

    async def __call__(self, subcommand: str, *options: str) -> Finished:
        finished = await run_tool(
            (*self.command, subcommand, f"-overlay={self.go.overlay}", *options, self.go.target),
            stdin=b"",
            cwd=Surroundings(self.go.file.path.parent, _VARIABLES),
            timeout_s=self.timeout_s,
        )
        told = self.go.told
        return replace(finished, stdout=told(finished.stdout), stderr=told(finished.stderr))


async def _both(
    one: Coroutine[None, None, Finished], other: Coroutine[None, None, Finished]
) -> tuple[Finished, Finished]:
    """What both give; when one fails, the other is ended."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = group.create_task(one), group.create_task(other)
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    return tasks[0].result(), tasks[1].result()


@contextmanager
def _prepared(view: View, content: bytes) -> Iterator[_Go]:
    """The text and the overlay, in a folder of their own."""
    with private_file("text.go", content) as text:
        path = view.path or text.with_name("untitled.go")
        if not path.parent.is_dir():
            raise UnavailableError(f"The folder of `{path.name}` is not there.")
        # Go prints real paths, and an overlay's paths must be those that it looks for.
        path = Path(os.path.realpath(path.parent)) / path.name
        overlay = text.with_name("overlay.json")
        beside = _beside(view, text.parent)
        replaced = {**beside, str(path): str(text)}
        overlay.write_text(json.dumps({"Replace": replaced}), "utf-8")
        in_module = any((folder / "go.mod").is_file() for folder in path.parents)
        target = "." if in_module else path.name
        yield _Go(GoFile(view.index, path, text), overlay, target, beside)


def _beside(view: View, folder: Path) -> dict[str, str]:
    """Other open Go files, as they are in the editor or would be with an edit of several files."""
    found = {}
    for number, one in enumerate(view.beside):
        if one.language == "go":
            text = folder / f"beside{number}.go"
            text.write_text(one.text, "utf-8", errors="replace", newline="")
            found[str(Path(os.path.realpath(one.path.parent)) / one.path.name)] = str(text)
    return found


def _compiling(path: Path) -> tuple[str, ...]:
    """What compiles the package; its tests without running or, as there is an error, linking them."""
    if path.name.endswith("_test.go"):
        return ("test", "-c", "-vet=off", _ALL_ERRORS, f"-o={os.devnull}")
    return ("build", _ALL_ERRORS, f"-o={os.devnull}")


def _check_is_built(listed: Finished, file: GoFile) -> None:
    """Nothing is said about a file that no build takes in, and that must not pass for praise."""
    if not is_listed(listed.stdout, file.path.name):
        raise UnavailableError(f"Go leaves `{file.path.name}` out of the package on this system.")


_ANALYZERS = (
    *("appends", "asmdecl", "assign", "atomic", "bools", "buildtag", "cgocall", "composites"),
    *(
        "copylocks",
        "defers",
        "directive",
        "errorsas",
        "framepointer",
        "httpresponse",
        "ifaceassert",
    ),
    *("loopclosure", "lostcancel", "nilfunc", "printf", "shift", "sigchanyzer", "slog"),
    *("stdmethods", "stdversion", "stringintconv", "structtag", "testinggoroutine", "tests"),
    *("timeformat", "unmarshal", "unreachable", "unsafeptr", "unusedresult", "waitgroup"),
)
"""gopls reports the findings of vet's analyzers, each under its own name (`go tool vet help`)."""

CHECKER = Checker(
    id="go_vet",
    languages=frozenset({"go"}),
    run=_run,
    locate=_locate,
    staged=True,
    sources=frozenset({"go", "go vet", "compiler", *_ANALYZERS}),
)
