"""Items for how a project wants its code: written rules, lint settings, what sibling classes do."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.gathering.levels import level_of
from understudy.gathering.making import Span
from understudy.gathering.paths import folders_above, nearest_first
from understudy.gathering.rendering import gap_mark
from understudy.index.leaving_out import reason_by_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.context.items import Item
    from understudy.gathering.making import Making

RULES = (
    *("AGENTS.md", "CLAUDE.md", "GEMINI.md", ".cursorrules", ".windsurfrules"),
    *(".github/copilot-instructions.md", ".clinerules", "CONVENTIONS.md"),
)
"""Files in which people tell models how a project is written."""
LINT_SETTINGS = (
    *("pyproject.toml", "ruff.toml", ".ruff.toml", "setup.cfg", "tox.ini", ".flake8", "mypy.ini"),
    *(".pylintrc", "pyrightconfig.json", "tsconfig.json", "biome.json", ".eslintrc.json"),
    *(".eslintrc.js", ".eslintrc.cjs", ".eslintrc.yml", "eslint.config.js", "eslint.config.mjs"),
    *("eslint.config.ts", ".golangci.yml", ".golangci.yaml", "clippy.toml", "Cargo.toml"),
    ".clang-tidy",
)
_MOST_RULES_CHARS = 6_000
_MOST_FILES = 4
_MOST_LINES = 12
_MOST_SIBLINGS = 2
_MOST_NEAR = 8
_HEADER = re.compile(r"^\s*\[.*\]\s*$|^\S.*[{:]\s*$")
_LETTERS = re.compile(r"[A-Z]+")


def rule_items(making: Making) -> Iterator[Item]:
    """Written rules, the nearest first, then settings about the problems, then sibling overrides."""
    yield from _written(making)
    yield from _settings(making)
    yield from _siblings(making)


def _written(making: Making) -> Iterator[Item]:
    for depth, path, text in islice(_above(making, RULES), _MOST_FILES):
        whole = _beginning(text)
        level = level_of("full", whole, making.count)
        if whole.strip():
            span = Span(path, 0, whole.count("\n") or 1)
            reason = "says how the project's code is written"
            yield making.item(span, "patterns", max(1.0 - 0.05 * depth, 0.5), (level,), (reason,))


def _beginning(text: str) -> str:
    """The text, at the end of a paragraph where it is too long."""
    if len(text) <= _MOST_RULES_CHARS:
        return text
    end = text.rfind("\n\n", 0, _MOST_RULES_CHARS)
    end = text.rfind("\n", 0, _MOST_RULES_CHARS) if end < 0 else end
    return f"{text[: max(end, 0)]}\n{gap_mark('')}\n"


def _settings(making: Making) -> Iterator[Item]:
    """The lines of lint settings that name a problem's rule, or the letters that it begins with."""
    codes = tuple(dict.fromkeys(one.code for one in making.scene.problems if one.code))
    if not codes:
        return
    words = {word for code in codes for word in (code, *_LETTERS.findall(code)[:1])}
    rule = re.compile("|".join(rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in sorted(words)))
    for _, path, text in _above(making, LINT_SETTINGS):
        index = LineIndex(text)
        lines = _with_headers(index, rule)
        if lines:
            shown = "".join(f"{index.content(line)}\n" for line in lines)
            level = level_of("full", shown, making.count)
            span = Span(path, lines[0], lines[-1] + 1)
            reason = f"sets what is said about {', '.join(codes[:3])}"
            yield making.item(span, "patterns", 0.8, (level,), (reason,))


def _with_headers(index: LineIndex, rule: re.Pattern[str]) -> list[int]:
    """The lines with a rule, each below the header of its section."""
    found: dict[int, None] = {}
    header: int | None = None
    for line in range(len(index)):
        content = index.content(line)
        if _HEADER.match(content):
            header = line
        if rule.search(content) and len(content) < 400:
            if header is not None:
                found[header] = None
            found[line] = None
        if len(found) >= _MOST_LINES:
            break
    return sorted(found)


def _siblings(making: Making) -> Iterator[Item]:
    """How other classes with the same base write the method that the lines are in."""
    scene = making.scene
    method = next((p for p in reversed(scene.around) if p.definition.kind == "method"), None)
    classes = scene.meaning.own_classes()[:1]
    if method is None or not classes:
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
        for path in index.settings_files({name.rpartition("/")[2] for name in names})
        for folder, name in _split(path, names)
        if folder in folders and not reason_by_name(path)
    ]
    for depth, _, path in sorted(found):
        text = index.text(path)
        if text:
            yield depth, path, text


def _split(path: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The folder in which a path has one of the names, which may have folders themselves."""
    for name in names:
        if path == name or path.endswith(f"/{name}"):
            yield path[: len(path) - len(name)].rstrip("/"), name
