"""Edits of the standard library's modules, written as replies in each format and then damaged.

The replies are written here and not by the formats themselves, so that a mistake which the reader
shares with a writer shows. They are the same in every run of one interpreter.
"""

from __future__ import annotations

import ast
import difflib
import json
import random
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT, _LONG = 80, 1_500
_CONTEXT = (3, 5, 8, 12)

Signed = tuple[str, str]
"""A sign as in a diff, and a line without its end."""
Hunk = list[Signed]
Damage = Callable[[Hunk], Hunk]


@dataclass(frozen=True, slots=True)
class LibraryEdit:
    """An edit of a module of the standard library.

    Attributes:
        name: of the module.
        hunks: the edit, each hunk with enough context to have one place.
        lines: of the old text, those of the function or class that holds the edit.
    """

    name: str
    before: str
    after: str
    hunks: tuple[Hunk, ...]
    lines: range


def library_edits(count: int) -> Iterator[LibraryEdit]:
    """So many edits: lines replaced, added or taken away, in one place or two."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.py"))}
    fitting = {name: text for name, text in texts.items() if _SHORT <= text.count("\n") <= _LONG}
    chance = random.Random("edits")  # noqa: S311 - the same edits in every run
    names = sorted(fitting)
    while count:
        name = chance.choice(names)
        edit = _edit(name, fitting[name], chance)
        if edit is not None:
            count -= 1
            yield edit


def _edit(name: str, before: str, chance: random.Random) -> LibraryEdit | None:
    old = before.split("\n")
    inside = inside_strings(old, "python") or frozenset()
    inner = [
        at
        for at, line in enumerate(old)
        if indent_of(line) and len(line.strip()) > 8 and at not in inside
    ]
    if len(inner) < 20:
        return None
    new = list(old)
    for at in sorted(chance.sample(inner, chance.choice((1, 1, 2))), reverse=True):
        new[at : at + 1] = _changed(old[at], at, chance)
    if not _parses("\n".join(new)):
        return None
    for width in _CONTEXT:
        hunks = _hunks(old, new, width)
        if all(_places(before, hunk) == 1 for hunk in hunks):
            runs = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
            changed = [run for run in runs if run[0] != "equal"]
            lines = range(changed[0][1], max(run[2] for run in changed))
            return LibraryEdit(name, before, "\n".join(new), hunks, _around(before, lines))
    return None


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _around(text: str, lines: range) -> range:
    """The lines of the innermost function or class around some lines; all lines without one."""
    nodes = (
        range(node.lineno - 1, node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )
    around = [node for node in nodes if node.start <= lines.start and lines.stop <= node.stop]
    return min(around, key=len, default=range(text.count("\n")))


def _changed(line: str, at: int, chance: random.Random) -> list[str]:
    indent = indent_of(line)
    added = [f"{indent}checked_{at}_{number} = {number}" for number in range(chance.randint(1, 3))]
    return chance.choice(([], added, [line, *added], [*added, line], [f"{line}  # checked"]))


def _hunks(old: list[str], new: list[str], context: int) -> tuple[Hunk, ...]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    hunks = []
    for group in matcher.get_grouped_opcodes(context):
        hunk: Hunk = []
        for tag, start, stop, new_start, new_stop in group:
            if tag == "equal":
                hunk += [(" ", line) for line in old[start:stop]]
            else:
                hunk += [("-", line) for line in old[start:stop]]
                hunk += [("+", line) for line in new[new_start:new_stop]]
        hunks.append(hunk)
    return tuple(hunks)


def _places(text: str, hunk: Hunk) -> int:
    return f"\n{text}\n".count(f"\n{_side(hunk, '-')}\n")


def _side(hunk: Hunk, sign: str) -> str:
    return "\n".join(line for one, line in hunk if one in {" ", sign})


def as_search_replace(edit: LibraryEdit, damage: Damage) -> str:
    """Search/replace blocks, each below the file's name."""
    blocks = [
        f"{edit.name}\n<<<<<<< SEARCH\n{_side(hunk, '-')}\n=======\n{_side(hunk, '+')}\n"
        ">>>>>>> REPLACE\n"
        for hunk in map(damage, edit.hunks)
    ]
    return "Here is the change.\n\n" + "\n".join(blocks)


def as_patch(edit: LibraryEdit, damage: Damage) -> str:
    """A patch between its two marks."""
    body = "".join(f"@@\n{_signed(hunk)}" for hunk in map(damage, edit.hunks))
    return f"*** Begin Patch\n*** Update File: {edit.name}\n{body}*** End Patch\n"


def as_diff(edit: LibraryEdit, damage: Damage) -> str:
    """A unified diff in a fence, with right numbers."""
    old = edit.before.split("\n")
    body, shift = "", 0
    for hunk in edit.hunks:
        gone, come = (sum(sign in signs for sign, _ in hunk) for signs in (" -", " +"))
        start = _start(old, hunk)
        body += f"@@ -{start + 1},{gone} +{start + 1 + shift},{come} @@\n{_signed(damage(hunk))}"
        shift += come - gone
    return f"```diff\n--- a/{edit.name}\n+++ b/{edit.name}\n{body}```\n"


def _start(lines: list[str], hunk: Hunk) -> int:
    wanted = _side(hunk, "-").split("\n")
    return next(at for at in range(len(lines)) if lines[at : at + len(wanted)] == wanted)


def _signed(hunk: Hunk) -> str:
    return "".join(f"{sign}{line}\n" for sign, line in hunk)


def as_json(edit: LibraryEdit, damage: Damage) -> str:
    """The contract's object."""
    edits = [
        {"path": edit.name, "kind": "replace", "old": _side(hunk, "-"), "new": _side(hunk, "+")}
        for hunk in map(damage, edit.hunks)
    ]
    return json.dumps({"version": 1, "edits": edits, "done": True}, indent=1) + "\n"


def as_file(edit: LibraryEdit, damage: Damage) -> str:
    """The whole new text in a fence."""
    lines = [line for _, line in damage([("+", line) for line in edit.after.split("\n")])]
    return "```python\n" + "\n".join(lines).rstrip("\n") + "\n```\n"


def as_region(edit: LibraryEdit, damage: Damage) -> str:
    """The new text of the edit's lines in a fence."""
    size = edit.after.count("\n") - edit.before.count("\n")
    new = edit.after.split("\n")[edit.lines.start : edit.lines.stop + size]
    lines = [line for _, line in damage([("+", line) for line in new])]
    return "```python\n" + "\n".join(lines) + "\n```\n"


FORMATS: dict[str, Callable[[LibraryEdit, Damage], str]] = {
    "search_replace": as_search_replace,
    "apply_patch": as_patch,
    "unified_diff": as_diff,
    "json": as_json,
    "whole_file": as_file,
    "region": as_region,
}


def moved_out(hunk: Hunk) -> Hunk:
    """Every line lost the indentation that all have."""
    margin = min((len(indent_of(line)) for _, line in hunk if line.strip()), default=0)
    return [(sign, line[margin:]) for sign, line in hunk]


def moved_in(hunk: Hunk) -> Hunk:
    """Every line has four blanks more."""
    return [(sign, f"    {line}" if line.strip() else line) for sign, line in hunk]


def with_tabs(hunk: Hunk) -> Hunk:
    """Tabs for four blanks each."""
    return [
        (sign, indent_of(line).replace(" " * 4, "\t") + line.lstrip(" ")) for sign, line in hunk
    ]


def first_line_stripped(hunk: Hunk) -> Hunk:
    """The first line of each side lost its indentation."""
    done: Hunk = []
    seen = ""
    for sign, line in hunk:
        first = sign not in seen and " " not in seen
        done.append((sign, line.lstrip(" ") if first else line))
        seen += sign
    return done


def trailing_blanks(hunk: Hunk) -> Hunk:
    """Old lines and context end in blanks."""
    return [(sign, line if sign == "+" else f"{line}  ") for sign, line in hunk]


def stale_context(hunk: Hunk) -> Hunk:
    """The first line of context has another name in it, as before it was renamed."""
    for at, (sign, line) in enumerate(hunk):
        if sign == " " and line.strip():
            return [*hunk[:at], (" ", f"{indent_of(line)}renamed_{line.strip()}"), *hunk[at + 1 :]]
    return hunk
