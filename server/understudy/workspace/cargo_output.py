"""What Cargo prints with `--message-format=json` about one file of a package.

The format: "External tools" in the Cargo book, and "JSON Output" in the rustc book.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.core.failures import UnavailableError
from understudy.core.plain_files import read_plain
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Related, Severity
from understudy.workspace.foreign.document import MAX_ITEMS, Document
from understudy.workspace.foreign.exact import exact
from understudy.workspace.foreign.rustc import rustc_suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.core.lines import LineIndex
    from understudy.workspace.tools import Finished

    Json = dict[str, Any]

_SYNTAX = re.compile(
    r"expected |unexpected |mismatched closing|this file contains an un|unclosed |unknown start of token"
    r"|unterminated |missing `|incorrect "
)
_CRASHED = re.compile(
    rb"\(signal: \d|internal compiler error|\(exit (?:code|status): (?:101|0xc0)|has overflowed its stack"
)
_CRASH_LEVEL = "error: internal compiler error"
_SUMMARY = re.compile(r"aborting due to |could not compile ")
PROBE = (
    "\nconst _: () = { struct Probe; fn typed() -> Probe { 0 }"
    " fn moved() { let one = Probe; let _two = one; let _three = one; } };\n"
)
"""An item with an error of types and one of borrowing. Whether rustc tells of both, when they stand at a
file's end, proves that it looked at the file so far: errors elsewhere often keep it from that."""
_PROBED = frozenset({"E0308", "E0382"})
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING}
_MARK = "\ufeff"
_MAX_LINES = 20_000

_MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class RustFile:
    """The file that is checked.

    Attributes:
        index: its text.
        path: where Cargo reads it.
        manifest: the `Cargo.toml` of its package.
        base: the workspace's root, from which rustc writes the names of files.
        home: the folder that `base` is a copy of; None where it is none.
    """

    index: LineIndex
    path: Path
    manifest: Path
    base: Path
    home: Path | None = None

    def is_at(self, name: object) -> bool:
        """Whether a file name that rustc printed means this file."""
        return isinstance(name, str) and self.base / name == self.path


def own_findings(output: bytes, file: RustFile) -> tuple[Diagnostic, ...]:
    """The errors and warnings in the file, each once however many targets it is part of.

    Raises:
        UnavailableError: when they are not what the format says.
    """
    try:
        found = [
            diagnostic
            for message in _messages(output)
            for diagnostic in _diagnostic(message["message"], file)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnavailableError(f"Cargo's answer can't be read: {error!r}.") from error
    return tuple(dict.fromkeys(found))


def is_crash(finished: Finished) -> bool:
    """Whether rustc, or something that it ran, broke down: then it says less than there is."""
    if finished.returncode < 0 or _CRASHED.search(finished.stderr):
        return True
    if finished.stdout.count(b"\n") > _MAX_LINES:
        return True
    levels = (one["message"] for one in _messages(finished.stdout))
    return any(isinstance(one, dict) and one.get("level") == _CRASH_LEVEL for one in levels)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An error outside of the file.

    Attributes:
        is_far: whether it is in another package.
    """

    why: str
    is_far: bool


def error_elsewhere(output: bytes, file: RustFile) -> Elsewhere | None:
    """An error that may keep rustc from looking at this file; one of another package goes first."""
    found = [*_errors_elsewhere(output, file)]
    return next((one for one in found if one.is_far), found[0] if found else None)


def _errors_elsewhere(output: bytes, file: RustFile) -> Iterator[Elsewhere]:
    for message in _messages(output):
        inner = message["message"]
        if not isinstance(inner, dict) or inner.get("level") != "error":
            continue
        said = str(inner.get("message"))
        place = _home(inner, file) if inner.get("spans") else None
        if (place is None and _SUMMARY.match(said)) or (
            place is not None and file.is_at(place.get("file_name"))
        ):
            continue
        where = place["file_name"] if place is not None else message.get("manifest_path")
        if message.get("manifest_path") != str(file.manifest):
            yield Elsewhere(
                f"A package that it needs does not compile: `{where}`: {said}.", is_far=True
            )
        else:
            yield Elsewhere(f"`{where}` keeps Rust from looking further: {said}.", is_far=False)


def has_errors(output: bytes) -> bool:
    """Whether rustc told of any error."""
    said = (message["message"] for message in _messages(output))
    return any(isinstance(one, dict) and one.get("level") == "error" for one in said)


def is_probed(output: bytes, file: RustFile) -> bool:
    """Whether rustc found both errors of the probe that follows the file's text."""
    found = set()
    for message in _messages(output):
        inner = message["message"]
        place = _home(inner, file) if isinstance(inner, dict) and inner.get("spans") else None
        if place is None or not file.is_at(place["file_name"]):
            continue
        if place["line_start"] > len(file.index):
            found.add(_code_of(inner))
    return found >= _PROBED


def is_included(target: Path, file: RustFile) -> bool:
    """Whether a crate that was compiled into `target` has the file among its sources.

    rustc writes down what it read before it looks for errors.
    """
    name = str(file.path.relative_to(file.base)).replace(" ", "\\ ")
    for pattern in ("debug/deps/*.d", "debug/examples/*.d", "*/debug/deps/*.d"):
        for listing in target.glob(pattern):
            with contextlib.suppress(OSError):
                if f"\n{name}:" in read_plain(listing, _MAX_BYTES).decode("utf-8", "replace"):
                    return True
    return False


def failure(stderr: bytes) -> str:
    """Why Cargo did not come to compiling, from what it printed."""
    lines = stderr.decode(errors="replace").splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("error")), None)
    if start is None:
        return "it ended without a word"
    said = [line.strip() for line in lines[start : start + 12]]
    causes = [said[number + 1] for number, line in enumerate(said[:-1]) if line == "Caused by:"]
    return ": ".join([said[0].removeprefix("error: "), *causes]).rstrip(".")


def _messages(output: bytes) -> Iterator[Json]:
    """The compiler's messages; other lines may come from build scripts."""
    for line in output.split(b"\n", _MAX_LINES)[:_MAX_LINES]:
        if line.startswith(b'{"reason":"compiler-message"'):
            try:
                message = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(message, dict) and "message" in message:
                yield message


def _diagnostic(message: Json, file: RustFile) -> Iterator[Diagnostic]:
    severity = _SEVERITIES.get(message["level"])
    span = _home(message, file)
    if severity is None or span is None or not file.is_at(span["file_name"]):
        return
    if file.index.text.startswith(_MARK):
        _count_mark(message, file)
    code = _code_of(message)
    start = _offset(span, "start", file.index)
    yield Diagnostic(
        source="clippy" if code.startswith("clippy::") else "rustc",
        code=code.removeprefix("clippy::") or _unnamed(message, severity),
        message=_words(message, span),
        span=Span(start, max(start, _offset(span, "end", file.index))),
        severity=severity,
        suggestions=exact(
            rustc_suggestions(message, Document(file.index, "utf-32")), file.index.text
        ),
        related=tuple(_related(message, file))[:MAX_ITEMS],
    )


def _related(message: Json, file: RustFile) -> Iterator[Related]:
    """The places that labels and notes stand at, but not the finding's own."""
    labels = (span for span in message["spans"] if not span["is_primary"])
    notes = ((span, child) for child in message["children"] for span in child["spans"])
    told = [*((span, span.get("label")) for span in labels)]
    told += [(span, child["message"]) for span, child in notes]
    for span, words in told:
        place = (file.home or file.base) / span["file_name"]
        if place.is_absolute():
            start, end = (
                (span[f"line_{side}"] - 1, span[f"column_{side}"] - 1) for side in ("start", "end")
            )
            yield Related(place.as_uri(), start, end, words or "")


def _code_of(message: Json) -> str:
    code = message.get("code")
    return str(code["code"]) if isinstance(code, dict) else ""


def _unnamed(message: Json, severity: Severity) -> str:
    """The parser's errors have no code."""
    is_error = severity is Severity.ERROR
    return "syntax-error" if is_error and _SYNTAX.match(message["message"]) else ""


def _home(message: Json, file: RustFile) -> Json | None:
    """The primary span; of what a macro of another file wrote, the place where it was called."""
    span: Json | None = next((one for one in message["spans"] if one["is_primary"]), None)
    here = span
    for _ in range(50):
        if here is None or file.is_at(here["file_name"]) or not here.get("expansion"):
            break
        here = here["expansion"]["span"]
    return here if here is not None and file.is_at(here["file_name"]) else span


def _words(message: Json, span: Json) -> str:
    """The message with what explains it, composed as rust-analyzer shows it in editors."""
    lines = [message["message"], span.get("label") or ""]
    lines += [
        child["message"]
        for child in message["children"]
        if not any(one["is_primary"] for one in child["spans"])
    ]
    return "\n".join(line for line in lines if line)


def _offset(span: Json, side: str, index: LineIndex) -> int:
    """Lines and columns count from 1, columns in code points."""
    return index.offset(span[f"line_{side}"] - 1, span[f"column_{side}"] - 1)


def _count_mark(message: Json, file: RustFile) -> None:
    """Count a byte order mark at the start of the file, as we do and rustc does not."""
    for part in (message, *message["children"]):
        for span in part["spans"]:
            for side in ("start", "end"):
                if span[f"line_{side}"] == 1 and file.is_at(span["file_name"]):
                    span[f"column_{side}"] += 1
