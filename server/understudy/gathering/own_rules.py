"""Items for how a project wants its code: written rules, lint settings, what sibling classes do."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from understudy.gathering.lint_settings import SETTINGS, setting_items
from understudy.gathering.making import Span
from understudy.gathering.paths import folders_above, nearest_first
from understudy.gathering.written_rules import rule_levels
from understudy.index.leaving_out import reason_by_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.context.items import Item
    from understudy.gathering.making import Making

RULES = (
    *("AGENTS.md", "CLAUDE.md", "GEMINI.md", ".cursorrules", ".windsurfrules"),
    *(".github/copilot-instructions.md", ".clinerules", "CONVENTIONS.md", ".mdc"),
)
"""How the paths end of files in which people tell models how a project is written."""
_RULES = (*(name for name in RULES if name != ".mdc"), ".cursor/rules/*.mdc")
_MOST_FILES = 4
_ENOUGH = f"{_MOST_FILES} files of rules that are nearer are shown"
_MOST_SIBLINGS = 2
_MOST_NEAR = 8


def rule_items(making: Making) -> Iterator[Item]:
    """Written rules, the nearest first, then settings of linters, then sibling overrides."""
    yield from _written(making)
    yield from setting_items(making, _above(making, SETTINGS))
    yield from _siblings(making)


def _written(making: Making) -> Iterator[Item]:
    _tell_excluded(making)
    for number, (depth, path, text) in enumerate(_above(making, _RULES)):
        if number >= _MOST_FILES:
            making.exclusions.leave_out(path, _ENOUGH)
            continue
        levels = rule_levels(text, making.count)
        if levels:
            span = Span(path, 0, text.count("\n") or 1)
            reason = "says how the project's code is written"
            yield making.item(span, "patterns", max(1.0 - 0.05 * depth, 0.5), levels, (reason,))


def _tell_excluded(making: Making) -> None:
    """Note the files of rules that would be shown and are kept from models."""
    sources = making.scene.sources
    known = set(sources.index.settings_files(_last_parts(_RULES)))
    for folder in folders_above(making.scene.path) if sources.root is not None else ():
        for name in _RULES:
            for path in _named_so(sources.root, f"{folder}/{name}".lstrip("/")):
                if path not in known:
                    making.exclusions.look_at(path)


def _named_so(root: Path | None, path: str) -> list[str]:
    """The path itself, or those of a folder that a pattern in its last part means."""
    folder, _, last = path.rpartition("/")
    if root is None or "*" not in last:
        return [path]
    try:
        names = sorted(one.name for one in (root / folder).iterdir())
    except OSError:
        return []
    return [f"{folder}/{one}" for one in names if fnmatchcase(one, last)]


def _siblings(making: Making) -> Iterator[Item]:
    """How other classes with the same base write the method that the lines are in."""
    scene = making.scene
    method = next((p for p in reversed(scene.around) if p.definition.kind == "method"), None)
    if method is None:
        return
    classes = scene.meaning_at(method.definition.head).own_classes()[:1]
    if not classes:
        return
    found = 0
    name = method.definition.name
    for base in classes[0].definition.bases[:3]:
        users = scene.sources.index.using(base.rpartition(".")[2])
        near = nearest_first(scene.path, [path for path in users if scene.is_akin(path)])
        for path in (scene.path, *near[:_MOST_NEAR]):
            for number in _overrides(making, path, base, name):
                if (path, number) == (method.path, method.number) or found >= _MOST_SIBLINGS:
                    continue
                detail = making.detail(path)
                level = detail.of(number, most=400)[-1:] if detail is not None else ()
                if level:
                    found += 1
                    reason = f"is the `{name}` of another class built on `{base}`"
                    span = making.span(path, number)
                    yield making.item(span, "patterns", 0.6, level, (reason,))


def _overrides(making: Making, path: str, base: str, name: str) -> Iterator[int]:
    outline = making.scene.sources.outline(path)
    for number, one in enumerate(outline.definitions):
        parent = outline.definitions[one.parent] if one.parent >= 0 else None
        is_method = one.name == name and one.kind == "method"
        if is_method and parent is not None and base in parent.bases:
            yield number


def _above(making: Making, names: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """The files of some names in the folders above the target: how far up, path and text."""
    index = making.scene.sources.index
    folders = {folder: at for at, folder in enumerate(folders_above(making.scene.path))}
    order = {name: at for at, name in enumerate(names)}
    found = [
        (folders[folder], order[name], path)
        for path in index.settings_files(_last_parts(names))
        for folder, name in _split(path, names)
        if folder in folders and not reason_by_name(path)
    ]
    for depth, _, path in sorted(found):
        text = index.text(path)
        if text is None:
            making.exclusions.look_at(path)
        elif text:
            yield depth, path, text


def _last_parts(names: tuple[str, ...]) -> set[str]:
    return {name.rpartition("/")[2] for name in names}


def _split(path: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The folder in which a path has one of the names, which may have folders themselves."""
    for name in names:
        parts = path.split("/")
        at = len(parts) - name.count("/") - 1
        if at >= 0 and fnmatchcase("/".join(parts[at:]), name):
            yield "/".join(parts[:at]), name
