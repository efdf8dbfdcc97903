"""Case files: read, write. The format is in README.md beside this file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from understudy.core.lines import split_lines
from understudy.core.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN, CLOSE = "<|", "|>"
LINE_ENDS = {"crlf": "\r\n", "cr": "\r"}

_HEADER = re.compile(
    r"=== (?P<kind>task|file|before|diagnostics|reply|expect|after|told)"
    r"(?::? (?P<path>[^()]+?))?(?P<flags>(?: \([a-z ]+\))*)\n"
)
_FLAGS = frozenset({*LINE_ENDS, "no last line end"})


class CaseError(ValueError):
    """A case file is not written as the manual says."""


@dataclass(frozen=True)
class Section:
    """One part of a case file.

    Attributes:
        body: as it stands in the file, with LF line ends.
        flags: what the body does not show, such as `crlf`.
    """

    kind: str
    body: str
    path: str = ""
    flags: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        """The text that is meant: with its own line ends, and without the last one if so said."""
        text = self.body.removesuffix("\n") if "no last line end" in self.flags else self.body
        for flag in self.flags:
            text = text.replace("\n", LINE_ENDS.get(flag, "\n"))
        return text


@dataclass(frozen=True)
class Case:
    """A whole case.

    Attributes:
        about: the comment at the top, as it stands.
        path: where the document lives below the workspace folder.
        text: the document without the selection's marks.
        selection: what was marked; None without marks.
        files: other files of the workspace.
        diagnostics: as an editor sends them; None when our own checkers are to find them.
        expect: what the outcome must say, by key; empty to take whatever comes.
        after: the resulting document; None when nothing is offered.
        task: what is asked for, by key; empty for a fix by the offline model.
        replies: what the model answers, one after the other.
        files_after: other files that come out new or changed, by their path.
        told: what the user is told or shown; None when the case does not say.
    """

    about: str
    path: str
    text: str
    selection: Span | None = None
    files: dict[str, str] = field(default_factory=dict)
    diagnostics: tuple[dict[str, Any], ...] | None = None
    expect: dict[str, str] = field(default_factory=dict)
    after: str | None = None
    task: dict[str, str] = field(default_factory=dict)
    replies: tuple[str, ...] = ()
    files_after: dict[str, str] = field(default_factory=dict)
    told: str | None = None


def read_case(text: str) -> Case:
    """A case from the text of its file.

    Raises:
        CaseError: when a section is missing, doubled, unknown or unreadable.
    """
    about, sections = _sections(text)
    befores = [section for section in sections if section.kind == "before"]
    if len(befores) != 1:
        raise CaseError("A case has exactly one `=== before`.")
    before = befores[0]
    document, selection = _unmarked(before.content)
    after, told = _only(sections, "after"), _only(sections, "told")
    return Case(
        about=about,
        path=before.path or "example.py",
        text=document,
        selection=selection,
        files={section.path: section.content for section in sections if section.kind == "file"},
        diagnostics=_diagnostics(_only(sections, "diagnostics")),
        expect=_keyed(_only(sections, "expect")),
        after=None if after is None else after.content,
        task=_keyed(_only(sections, "task")),
        replies=tuple(section.content for section in sections if section.kind == "reply"),
        files_after={one.path: one.content for one in sections if one.kind == "after" and one.path},
        told=None if told is None else told.content,
    )


def write_case(case: Case) -> str:
    """The text of a case's file."""
    parts = [case.about]
    if case.task:
        parts.append(_written("task", _lines(case.task)))
    for path, content in case.files.items():
        parts.append(_written("file", content, f": {path}"))
    place = "" if case.path == "example.py" else f" {case.path}"
    parts.append(_written("before", _marked(case.text, case.selection), place))
    if case.diagnostics is not None:
        lines = [json.dumps(item, ensure_ascii=False) for item in case.diagnostics]
        parts.append(_written("diagnostics", "".join(f"{line}\n" for line in lines)))
    parts += [_written("reply", reply) for reply in case.replies]
    parts.append(_written("expect", _lines(case.expect)))
    if case.after is not None:
        parts.append(_written("after", case.after))
    for path, content in case.files_after.items():
        parts.append(_written("after", content, f" {path}"))
    if case.told is not None:
        parts.append(_written("told", case.told))
    return "".join(parts)


def _lines(keyed: dict[str, str]) -> str:
    return "".join(f"{key}: {value}".rstrip() + "\n" for key, value in keyed.items())


def _sections(text: str) -> tuple[str, list[Section]]:
    about: list[str] = []
    sections: list[Section] = []
    body = about
    found: list[tuple[re.Match[str], list[str]]] = []
    for number, line in enumerate(split_lines(text), start=1):
        header = _HEADER.fullmatch(line)
        if header is not None:
            body = []
            found.append((header, body))
        elif line.startswith("=== "):
            raise CaseError(f"Line {number} is no section header that is known: {line.strip()}")
        else:
            body.append(line)
    for header, lines in found:
        flags = tuple(re.findall(r"\(([a-z ]+)\)", header["flags"]))
        if unknown := set(flags) - _FLAGS:
            raise CaseError(f"`{header[0].strip()}` has an unknown mark: {', '.join(unknown)}.")
        if header["kind"] == "file" and not header["path"]:
            raise CaseError("`=== file:` needs a path.")
        sections.append(Section(header["kind"], "".join(lines), header["path"] or "", flags))
    return "".join(about), sections


def _only(sections: list[Section], kind: str) -> Section | None:
    """The section of a kind that stands once; a file's own sections apart, where others have one."""
    found = [one for one in sections if one.kind == kind and (kind == "before" or not one.path)]
    if len(found) > 1:
        raise CaseError(f"`=== {kind}` stands twice.")
    return found[0] if found else None


def _unmarked(text: str) -> tuple[str, Span | None]:
    start, end = text.find(OPEN), text.find(CLOSE)
    if start < 0 and end < 0:
        return text, None
    if not 0 <= start < end or text.count(OPEN) + text.count(CLOSE) != 2:
        raise CaseError(f"The selection is marked once, `{OPEN}` before `{CLOSE}`.")
    plain = text.replace(OPEN, "").replace(CLOSE, "")
    return plain, Span(start, end - len(OPEN))


def _marked(text: str, selection: Span | None) -> str:
    if selection is None:
        return text
    start, end = selection.start, selection.end
    return f"{text[:start]}{OPEN}{text[start:end]}{CLOSE}{text[end:]}"


def _diagnostics(section: Section | None) -> tuple[dict[str, Any], ...] | None:
    if section is None:
        return None
    try:
        items = [json.loads(line) for line in section.body.split("\n") if line.strip()]
    except ValueError as error:
        raise CaseError(f"A line of `=== diagnostics` is no JSON: {error}.") from error
    if not all(isinstance(item, dict) for item in items):
        raise CaseError("Each line of `=== diagnostics` is one JSON object.")
    return tuple(items)


def _keyed(section: Section | None) -> dict[str, str]:
    if section is None:
        return {}
    found: dict[str, str] = {}
    for line in section.body.split("\n"):
        key, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise CaseError(f"`=== {section.kind}` holds lines `key: value`, not `{line}`.")
        if line.strip():
            found[key.strip()] = value.strip()
    return found


def _written(kind: str, content: str, place: str = "") -> str:
    body, flags = content, ""
    for flag, end in _used_line_ends(content):
        body, flags = content.replace(end, "\n"), f" ({flag})"
    if body and not body.endswith("\n"):
        body, flags = f"{body}\n", f"{flags} (no last line end)"
    return f"=== {kind}{place}{flags}\n{body}"


def _used_line_ends(content: str) -> Iterator[tuple[str, str]]:
    """The one kind of line end that a content has, if it is another than LF.

    Raises:
        CaseError: when it mixes them, which the format can't say.
    """
    ends = {line[len(line.rstrip("\r\n")) :] for line in split_lines(content)} - {""}
    if len(ends) > 1:
        raise CaseError("A section with several kinds of line ends can't be written.")
    for flag, end in LINE_ENDS.items():
        if ends == {end}:
            yield flag, end
