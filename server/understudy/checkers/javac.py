"""The Java compiler, which is given the text as a file of its own in a private folder.

What the text refers to is found beside the document by `-sourcepath`, so the project is read where
it lies and nothing of it is copied; before it stand the other open files, as they are in the editor or
would be with an edit of several files. Nothing of the project is run: neither annotation processors nor
compiler plug-ins, which may be anybody's code.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.checkers import Checker
from understudy.core.failures import UnavailableError
from understudy.core.lines import units_to_column
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity, is_syntax_error
from understudy.workspace.off_loop import held
from understudy.workspace.shadow import private_file
from understudy.workspace.tool_text import encoded, reason, tell_version, word_at
from understudy.workspace.tools import Surroundings, find_tool, run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import CheckerSettings
    from understudy.core.lines import LineIndex
    from understudy.workspace.view import View

_LAYOUT = "@@%f@%l@%o@%p@%L@%m"
_ARGUMENTS = (
    *("-J-Duser.language=en", "-J-Dfile.encoding=UTF-8", "-J-Dstderr.encoding=UTF-8"),
    *("-J-XX:TieredStopAtLevel=1", "-J-Xmx1g", "-encoding", "UTF-8"),
    *("-Xlint:all,-path,-options,-processing", "-Xmaxerrs", "1000", "-Xmaxwarns", "1000"),
    *("-proc:none", "-implicit:none", f"-XDdiags.layout={_LAYOUT}"),
    *("-XDdiags.formatterOptions=-source", "-XDverboseCompilePolicy"),
    *("-XDshould-stop.ifError=FLOW", "-XDshouldStopPolicyIfError=FLOW"),
)
"""The layout is javac's own, in the terms of its `BasicDiagnosticFormatter`: file, line, offset in
UTF-16 units, kind, lint category, message; and no copy of the source line.

Usually an error of types keeps javac from looking at flow: returns, assignments, exceptions. Told
where to stop (the second name is that of Java 8), it looks nevertheless, and tells which classes it
came to. Hidden options that a javac does not know it ignores."""
_PHASE = re.compile(r"^\[(attribute|flow) ([^\]\n]+)\]$", re.MULTILINE)
_FINDING = re.compile(
    r"^@@(?P<file>[^@\n]*)@(?P<line>\d*)@(?P<offset>\d*)@(?P<kind>\w+)?:? ?"
    r"@(?:\[(?P<lint>[\w-]+)\] )?@(?P<message>[^\n]*(?:\n[ \t]+[^\n]*)*)",
    re.MULTILINE,
)
_SYNTAX = re.compile(
    r"(?:.{0,120} )?expected(?: here)?$|illegal start of |reached end of file|unclosed |not a statement"
    r"|illegal character|'\w+' without '\w+'|orphaned |malformed |class, interface"
)
_NO_PACKAGE = re.compile(r"package (\S+) does not exist|module not found: (\S+)")
_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)\s*;", re.MULTILINE)
_PUBLIC = re.compile(r"\bpublic\s+(?:\w+\s+){0,4}(?:class|interface|enum|record)\s+(\w+)")
_CLASSES = ("target/classes", "build/classes/java/main", "out/production", "bin")
_JARS = ("lib", "libs")
_FINISHED = (0, 1)
_BESIDE = "understudy-beside"
_NO_PROCESSORS = "understudy-empty"


async def _run(view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    command = await asyncio.to_thread(find_tool, "javac", view, settings)
    content = encoded(view, "javac")
    async with held(private_file(_name(view), content)) as file:
        beside, empty = file.parent / _BESIDE, file.parent / _NO_PROCESSORS
        await asyncio.to_thread(_write_beside, view, beside)
        await asyncio.to_thread(empty.mkdir)
        places = await asyncio.to_thread(_places, view, beside)
        finished = await run_tool(
            (
                *command,
                *_ARGUMENTS,
                *places,
                *_without_code(empty),
                "-d",
                str(file.parent),
                str(file),
            ),
            stdin=b"",
            cwd=Surroundings(file.parent, {"LC_ALL": "C.UTF-8"}),
            timeout_s=settings.timeout_s,
        )
    output = finished.stderr.decode(errors="replace").replace("\r\n", "\n")
    found = tuple(read_findings(output, file, view.index))
    if finished.returncode not in _FINISHED or (finished.returncode and not _has_error(output)):
        raise UnavailableError(f"javac gave no answer: {reason(finished.stderr)}.")
    if broken := tuple(filter(is_syntax_error, found)):
        return broken  # What it makes of the rest is guesswork.
    if why := _hindrance(output, file, found):
        raise UnavailableError(why)
    return found


def _without_code(empty: Path) -> tuple[str, ...]:
    """Where javac may look for processors and plug-ins: in a folder in which there are none.

    It would else load them from the class path, and `-proc:none` does not keep plug-ins away.
    """
    return ("-processorpath", str(empty))


async def _locate(view: View, settings: CheckerSettings) -> str:
    return await tell_version("javac", ("-version",), view, settings)


def _hindrance(output: str, file: Path, found: tuple[Diagnostic, ...]) -> str:
    """Why what javac did not say proves nothing, as a sentence; empty when it looked to the end."""
    for one in found:
        if missing := _NO_PACKAGE.match(one.message):
            name = missing[1] or missing[2]
            return f"javac does not know where `{name}` is, so it can't tell."
    for said in _FINDING.finditer(output):
        if said["kind"] == "error" and not _is_of(Path(said["file"]), file):
            name, message = Path(said["file"]).name, said["message"].partition("\n")[0]
            if _SYNTAX.match(message) or _NO_PACKAGE.match(message):
                return f"`{name}` keeps javac from telling: {message}."
    seen = {phase: set[str]() for phase in ("attribute", "flow")}
    for said in _PHASE.finditer(output):
        seen[said[1]].add(said[2])
    left = min(seen["attribute"] - seen["flow"], default="")
    return f"javac did not look at `{left}` to the end." if left else ""


def _has_error(output: str) -> bool:
    return any(said["kind"] == "error" for said in _FINDING.finditer(output))


def read_findings(output: str, file: Path, index: LineIndex) -> Iterator[Diagnostic]:
    """What javac said about one file, in the layout that it was told to use."""
    for said in _FINDING.finditer(output.replace("\r\n", "\n")):
        if said["offset"] and _is_of(Path(said["file"]), file):
            message = "\n".join(line.strip() for line in said["message"].split("\n"))
            is_error = said["kind"] == "error"
            broken = is_error and _SYNTAX.match(message)
            yield Diagnostic(
                source="javac",
                code="syntax-error" if broken else said["lint"] or "",
                message=message,
                span=_span(int(said["offset"][:9]), index),
                severity=Severity.ERROR if is_error else Severity.WARNING,
            )


def _is_of(said: Path, file: Path) -> bool:
    """Whether a file that javac names is this one, and not one of the same name beside it."""
    return said.name == file.name and _BESIDE not in said.parts


def _write_beside(view: View, folder: Path) -> None:
    """The other open Java files, each where its package says."""
    for one in view.beside:
        if one.language == "java" and one.path != view.path:
            package = _PACKAGE.search(one.text)
            place = folder.joinpath(*package[1].split(".")) if package else folder
            place.mkdir(parents=True, exist_ok=True)
            (place / one.path.name).write_text(one.text, "utf-8", errors="replace", newline="")


def _span(units: int, index: LineIndex) -> Span:
    """The word at an offset in UTF-16 units; of `a.b`, javac names the dot when it means `b`."""
    text = index.text
    start = units if text.isascii() else _from_utf16(units, text)
    if text.startswith(".", start):
        return Span(start, word_at(text, start + 1).end)
    return word_at(text, start)


def _from_utf16(units: int, text: str) -> int:
    line = re.sub(r"[\r\n]", " ", text)
    return units_to_column(line, units, "utf-16")


def _name(view: View) -> str:
    """A public class must lie in a file of its name."""
    if view.path is not None:
        return view.path.name
    public = _PUBLIC.search(view.text)
    return f"{public[1]}.java" if public else "Untitled.java"


def _places(view: View, beside: Path) -> tuple[str, ...]:
    """Where sources and classes of the project are; texts in memory come first."""
    if view.path is None:
        return ()
    own = _source_folder(view.path, view.text)
    sources = [beside, own]
    if own.as_posix().endswith("/src/test/java"):
        sources.append(own.parents[1] / "main" / "java")
    folders = [view.root] if view.root is not None else []
    folders += [each for each in view.path.parents if view.root in each.parents]
    classes = [folder / name for folder in folders for name in _CLASSES]
    jars = [folder / name / "*" for folder in folders for name in _JARS]
    known = [
        *(str(each) for each in classes if each.is_dir()),
        *(str(each) for each in jars if each.parent.is_dir()),
    ]
    class_path = ("-classpath", os.pathsep.join(known)) if known else ()
    return ("-sourcepath", os.pathsep.join(map(str, sources)), *class_path)


def _source_folder(path: Path, text: str) -> Path:
    """The folder in which the file's package begins; the file's own where the two do not fit."""
    package = _PACKAGE.search(text)
    parts = tuple(package[1].split(".")) if package else ()
    if parts and path.parent.parts[-len(parts) :] == parts:
        return path.parents[len(parts)]
    return path.parent


CHECKER = Checker(
    id="javac",
    languages=frozenset({"java"}),
    run=_run,
    locate=_locate,
    staged=True,
    # Editors ask the Eclipse compiler, which calls itself so.
    sources=frozenset({"javac", "java"}),
)
