"""The entries that a file consists of where it defines no functions: rules, tables, keys, statements."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.reading.headings import heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RULES = frozenset({"css", "scss", "less"})
_TABLES = frozenset({"toml", "ini"})
_MARKUP = frozenset({"vue", "svelte"})
WORDS = frozenset({"ruby", "lua", "shellscript", "elixir", "perl", "r", "powershell"})
"""Languages whose functions are found by their first lines alone."""
LANGUAGES = _RULES | _TABLES | _MARKUP | WORDS | frozenset({"json", "sql", "yaml"})
LISTS = _RULES | _TABLES
"""Languages whose entries are lists of settings, each of which counts."""
PLACED = _RULES | _TABLES | _MARKUP | WORDS
"""Languages where an entry can be put in the place of the one that has its name."""
_CLOSES = frozenset({"}", "};", "end", ")", "]", "fi", "done", "esac", "*/"})
_CLOSING = ("}", ")", "]")
_GOES_ON = frozenset({"{", "(", ") {", "){"})
_COMMENT = ("#", "//", "/*", "*", "--", "<!--", " *")
_YAML_KEY = re.compile(
    r"(?P<key>[^\s#\-'\"{\[][^:#]{0,200}|'[^']{1,200}'|\"[^\"]{1,200}\")\s*:(?=\s|$)"
)
_TAG = re.compile(r"<(?P<name>[a-z][\w-]*)\b(?P<rest>[^<>]{0,200})>")
_SHELL = re.compile(r"(?:function\s+)?(?P<name>[\w:-]+)\s*\(\)|function\s+(?P<other>[\w:-]+)")
_NAMED = {
    "r": re.compile(r"(?P<name>[\w.]+)\s*(?:<<?-|=)\s*function\b"),
    "lua": re.compile(r"(?:local\s+)?function\s+(?P<name>[\w.:]+)"),
    "ruby": re.compile(r"(?:def|class|module)\s+(?P<name>[\w.:]+[?!=]?)"),
    "shellscript": _SHELL,
}
_TABLE = re.compile(r"\[{1,2}(?P<name>[^\[\]]{1,200})\]{1,2}")
_LONGEST = 400
_KEYWORDS = 3
"""A statement of SQL is known by so many of its first words."""


class Entry(NamedTuple):
    """An entry: what names it, and its lines, without the comment above it."""

    key: str
    lines: range


def entries_of_both(
    before: Sequence[str], lines: Sequence[str], language: str
) -> tuple[list[Entry], list[Entry]]:
    """The entries of a file, and those of a block for it.

    The keys within a single one are only looked at where the file has no more than that one.
    """
    if language in {"json", "yaml"} and len(outer := _outermost(before, language)) > 1:
        return outer, _outermost(lines, language)
    return entries(before, language), entries(lines, language)


def entries(lines: Sequence[str], language: str) -> list[Entry]:
    """The outermost entries of a text, in its order; of a file with a single one, those in it."""
    if language == "json":
        return [Entry(key, range(0)) for key in _json_keys(_inner(_json("\n".join(lines))))]
    if language == "yaml":
        return _of_yaml(lines)
    starts = list(_starts(lines, language))
    stops = [*(at for at, _ in starts[1:]), len(lines)]
    if language in WORDS:
        return [Entry(key, range(at, definition_stop(lines, at))) for at, key in starts]
    # There is one more stop than starts where nothing begins.
    return [
        Entry(key, range(at, _stop(lines, at, stop)))
        for (at, key), stop in zip(starts, stops, strict=False)
    ]


def _outermost(lines: Sequence[str], language: str) -> list[Entry]:
    """The keys of a text of JSON or YAML, and none of those within them."""
    if language == "json":
        return [Entry(key, range(0)) for key in _json_keys(_json("\n".join(lines)))]
    keys = (_yaml_key(lines[at]) for at in _yaml_outer(lines))
    return [Entry(key, range(0)) for key in keys]


def _stop(lines: Sequence[str], at: int, following: int) -> int:
    """The line behind an entry, without the comment and the blank lines above the next one."""
    stop = following
    while stop > at + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith(_COMMENT)):
        stop -= 1
    return stop


def _starts(lines: Sequence[str], language: str) -> Iterator[tuple[int, str]]:
    """The lines where entries begin, and their keys."""
    depth, is_ended = 0, True
    for at, line in enumerate(lines):
        bare = line.strip()
        if not bare or (
            language not in _RULES and line.startswith(_COMMENT) and language != "toml"
        ):
            continue
        is_outer = not indent_of(line) and depth <= 0 and bare not in _CLOSES
        if is_outer and (is_ended or language != "sql") and (key := _key(lines, at, language)):
            yield at, key
        if language in _RULES:
            depth += line.count("{") - line.count("}")
        is_ended = bare.endswith(";")


def _key(lines: Sequence[str], at: int, language: str) -> str:
    """What names the entry that begins in a line; empty where none does."""
    line = lines[at][:_LONGEST].rstrip()
    if language in _RULES:
        return "" if line.startswith(("/*", " *", "*", "//", "}")) else line.rstrip("{ ,")
    if language == "sql":
        return " ".join(line.rstrip(";( ").upper().split()[:_KEYWORDS])
    if language in _TABLES:
        found = _TABLE.match(line)
        return found["name"].strip() if found else ""
    if language in _MARKUP:
        found = _TAG.match(line)
        return found["name"] + " ".join(sorted(found["rest"].split())) if found else ""
    return name_of(line, language)


def definition_stop(lines: Sequence[str], head: int) -> int:
    """The line behind a definition: all that is farther in belongs to it, and what closes it."""
    depth = len(indent_of(lines[head]))
    last = head
    for at in range(head + 1, len(lines)):
        bare = lines[at].strip()
        if not bare:
            continue
        here = len(indent_of(lines[at]))
        if here > depth or (here == depth and bare in _GOES_ON):
            last = at
            continue
        if here == depth and (bare.startswith(_CLOSING) or bare == "end"):
            last = at
            if bare.endswith(("{", "(", "[", ":")):
                continue
            return at + 1
        break
    return last + 1


def name_of(line: str, language: str) -> str:
    """The whole name of what a line defines; empty where it defines nothing."""
    pattern = _NAMED.get(language)
    if pattern is None:
        return heading_of(line)
    found = pattern.match(line[:_LONGEST].strip())
    return next(filter(None, found.groups()), "") if found else ""


def _of_yaml(lines: Sequence[str]) -> list[Entry]:
    """The keys at the margin; of a text with a single one, those in it."""
    outer = _yaml_outer(lines)
    if len(outer) == 1 and not lines[outer[0]].split(":", 1)[1].strip():
        inner = [at for at in _yaml_lines(lines) if at > outer[0] and _yaml_key(lines[at].strip())]
        depth = min((len(indent_of(lines[at])) for at in inner), default=0)
        outer = [at for at in inner if len(indent_of(lines[at])) == depth]
    return [Entry(_yaml_key(lines[at].strip()), range(0)) for at in outer]


def _yaml_lines(lines: Sequence[str]) -> list[int]:
    return [
        at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")
    ]


def _yaml_outer(lines: Sequence[str]) -> list[int]:
    return [at for at in _yaml_lines(lines) if _yaml_key(lines[at]) and not indent_of(lines[at])]


def _yaml_key(line: str) -> str:
    found = _YAML_KEY.match(line[:_LONGEST])
    return found["key"].strip("'\" ") if found else ""


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _inner(value: object) -> object:
    """What stands under the only key of an object; another value as it is."""
    return next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else value


def _json_keys(value: object) -> list[str]:
    """The keys of an object; of a list, its numbers."""
    if isinstance(value, dict):
        return list(map(str, value))
    return [f"[{at}]" for at in range(len(value))] if isinstance(value, list) else []
