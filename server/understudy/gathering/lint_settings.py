"""Items for settings of linters: what they say about the problems, and how code is to look."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.core.lines import LineIndex
from understudy.gathering.editorconfig import lines_about
from understudy.gathering.levels import level_of
from understudy.gathering.making import Span
from understudy.gathering.rendering import shown
from understudy.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.context.items import Item
    from understudy.gathering.making import Making

_PYTHON = frozenset({"python"})
_WEB = frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"})
_C = frozenset({"c", "cpp"})
_GO, _RUST = frozenset({"go"}), frozenset({"rust"})
_LANGUAGES = {
    _PYTHON: (
        *("pyproject.toml", "ruff.toml", ".ruff.toml", "setup.cfg", "tox.ini", ".flake8"),
        *("mypy.ini", ".mypy.ini", ".pylintrc", "pyrightconfig.json"),
    ),
    _WEB: (
        *("tsconfig.json", "biome.json", "biome.jsonc", ".prettierrc", ".prettierrc.json"),
        *(".prettierrc.yaml", ".prettierrc.yml", ".prettierrc.toml", ".eslintrc.json"),
        *(".eslintrc.js", ".eslintrc.cjs", ".eslintrc.yml", "eslint.config.js"),
        *("eslint.config.mjs", "eslint.config.ts", "prettier.config.js", "prettier.config.mjs"),
    ),
    _GO: (".golangci.yml", ".golangci.yaml"),
    _RUST: ("clippy.toml", "rustfmt.toml", ".rustfmt.toml", "Cargo.toml"),
    _C: (".clang-tidy", ".clang-format"),
}
_EDITORCONFIG = ".editorconfig"
SETTINGS = (_EDITORCONFIG, *(name for names in _LANGUAGES.values() for name in names))
"""Names of files with such settings."""

_MOST_LINES = 12
_MOST_CHARS = 400
"""A longer line is not shown."""
_HEADER = re.compile(r"^\s*\[.*\]\s*$|^\S.*[{:]\s*$")
_LETTERS = re.compile(r"[A-Z]+")
_STYLE = re.compile(
    r"""^\s*["']?(?:
    (?:max[-_]?)?(?:line|doc|comment)?[-_]?(?:length|width) | column_?limit | print_?width
    | (?:indent|tab)[-_]?(?:size|style|width|spaces)? | (?:use[-_]?)?tabs? | hard_tabs | based_?on_?style
    | (?:extend-)?select | skip-string-normalization | profile
    | quote(?:[-_]?style|s)? | (?:jsx_?)?single_?quote | semi(?:colons)? | (?:magic-)?trailing_?commas?
    | arrow_?parens | target-version | py(?:thon)?_?version | edition | preview | convention
    | (?:no_?)?(?:implicit|unused|unchecked|fallthrough)\w+ | strict\w* | (?:dis)?allow_\w+
    | (?:check|warn)_\w+ | type_?checking_?mode | exact_?optional_?\w+ | target | jsx
    )["']?\s*[:=](?!.*[\[({]\s*$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Lines that say how code is to look, or how strictly it is checked."""
_OF_LINTERS = re.compile(
    r"^\s*\[(?:tool\.)?(?:ruff|black|isort|mypy|pyright|basedpyright|pylint|flake8|pycodestyle"
    r"|pydocstyle|ty|yapf|lints)(?![\w-])(?!.*overrides)",
    re.IGNORECASE,
)
_SHARED = frozenset({"pyproject.toml", "setup.cfg", "tox.ini", "Cargo.toml"})
"""Files that also have sections about other things."""
_SAYS = "sets what is said about {}"
_LOOKS = "sets how code looks and how strictly it is checked"


def setting_items(making: Making, files: Iterable[tuple[int, str, str]]) -> Iterator[Item]:
    """One item for each file that says something.

    Args:
        making: makes them.
        files: how far each is above the target, its path and its text, the nearest first.
    """
    codes = tuple(dict.fromkeys(one.code for one in making.scene.problems if one.code))
    for _, path, whole in files:
        name = path.rpartition("/")[2]
        if not _is_about(name, making.scene.language):
            continue
        index = LineIndex(whole)
        if name == _EDITORCONFIG:
            below = making.scene.path[len(path) - len(name) :]
            ruled, styled = [], lines_about(index, below)
        else:
            ruled, styled = _with(index, _of(codes), ""), _with(index, _STYLE, name)
        lines = sorted({*ruled, *styled[:_MOST_LINES]})
        if lines:
            language = language_of(PurePosixPath(path)) or ""
            text = shown(index, (range(line, line + 1) for line in lines), language)
            level = level_of("full", text, making.count)
            said = [_SAYS.format(", ".join(codes[:3]))] if ruled else []
            reasons = (*said, *([_LOOKS] if styled else []))
            span = Span(path, lines[0], lines[-1] + 1)
            yield making.item(span, "patterns", 0.8 if ruled else 0.7, (level,), reasons)


def _is_about(name: str, language: str) -> bool:
    """Whether a file of some name has settings for a language."""
    return name == _EDITORCONFIG or any(
        language in languages for languages, names in _LANGUAGES.items() if name in names
    )


def _of(codes: Iterable[str]) -> re.Pattern[str] | None:
    """What lines have that name a problem's rule, or the letters that it begins with."""
    words = {word for code in codes for word in (code, *_LETTERS.findall(code)[:1])}
    if not words:
        return None
    return re.compile("|".join(rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in sorted(words)))


def _with(index: LineIndex, wanted: re.Pattern[str] | None, shared: str) -> list[int]:
    """The lines with something, each below the header of its section.

    `shared` is the file's name where only sections of linters count if it has others as well.
    """
    found: dict[int, None] = {}
    header: int | None = None
    counts = shared not in _SHARED
    for line in range(len(index) if wanted is not None else 0):
        content = index.content(line)
        if _HEADER.match(content):
            header = line
            counts = shared not in _SHARED or _OF_LINTERS.match(content) is not None
        if counts and wanted is not None and wanted.search(content[:_MOST_CHARS]):
            if header is not None:
                found[header] = None
            found[line] = None
        if len(found) >= _MOST_LINES:
            break
    return sorted(found)
