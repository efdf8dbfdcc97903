"""Which file a block in a reply belongs to, by the lines above it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.reading.fences import fence_of
from understudy.reading.targets import plain_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from understudy.reading.hunks import FileEdit

_LOOKED_AT = 4
_LONGEST = 300
_TAG = re.compile(r"<\w+[^<>]*\s(?:path|file|filename|name)=[\"']?(?P<path>[^\"'<>]+)[\"']?[^<>]*>")
_BEFORE = re.compile(
    r"(?:[#>*;\- \t]|/(?=[/*])|(?<=/)/|<!--|-{2,}FILEPATH|\*\*\* (?:Update|Add) File)*"
    r"(?:(?:In )?(?:the )?(?:File(?: ?name| ?path)?|Path)\b(?![./\\-])[:*\s]*)?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:[:*`\s]|-->|\*/|\([^()]{0,40}\))*\Z")
_ATTRIBUTE = re.compile(r"\b(?:path|file|filename|title|name)=[\"']?(?P<path>[^\"'\s{}]+)")
_PATH = re.compile(r"(?:[A-Za-z]:)?[\w.@+~/\\()\[\]$-]+")
_NAMED = re.compile(r"[\w.@+-]*\w\.[A-Za-z][A-Za-z0-9+]{0,9}")
_WORDS = (
    "py pyi ipynb js jsx mjs cjs ts tsx mts cts go rs c h cc cpp cxx hpp hh java kt kts scala swift"
    " rb php cs fs vb lua sh bash zsh fish ps1 pl r jl dart ex exs erl hs ml mli clj sql html htm"
    " css scss sass less vue svelte astro json jsonc json5 yaml yml toml ini cfg conf xml md mdx"
    " rst txt tex proto graphql gql tf nix zig nim cmake gradle mk env lock csv"
)
_ENDINGS = frozenset(_WORDS.split())


def path_above(
    above: Sequence[str], rest: str, names: Collection[str] = ()
) -> tuple[list[str], str]:
    """The lines without the one that names a file, and its path; empty when none does.

    Args:
        above: the lines between a block and the one before it.
        rest: what stands behind the block's first mark.
        names: of known files, with their folders and without, which are paths wherever they stand.
    """
    if behind := path_in(rest, names):
        return list(above), behind
    looked_at = 0
    for number in range(len(above) - 1, -1, -1):
        line = above[number]
        if not line.strip():
            continue
        looked_at += 1
        fence = fence_of(line)
        found = _in_info(fence.info, names) if fence is not None else path_in(line, names)
        if found:
            return [*above[:number], *above[number + 1 :]], found
        if fence is None or looked_at == _LOOKED_AT:
            break
    return list(above), ""


def with_path_above(edits: Iterable[FileEdit], above: Sequence[str]) -> list[FileEdit]:
    """The edits of a patch, with the path that stands above it where they name no file.

    A bare name may be made up, or be that of an example.
    """
    _, path = path_above(above, "")
    path = path if "/" in path else ""
    return [edit if edit.path else replace(edit, path=path) for edit in edits]


def path_in(line: str, names: Collection[str] = ()) -> str:
    """The path that a line consists of, but for marks around it; empty for none."""
    text = line.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if tag := _TAG.search(text):
        return tag["path"].strip()
    before = _BEFORE.match(text)
    text = text[before.end() if before else 0 :].lstrip("`\"'* ")
    text = plain_path(_AFTER.sub("", text))
    folders, slash, name = text.rpartition("/")
    if slash and name in names and text not in names:
        # Words may stand in front of it.
        text = plain_path(f"{folders.rsplit(maxsplit=1)[-1]}/{name}" if folders.strip() else text)
    return text if _is_path(text, names) else ""


def _in_info(info: str, names: Collection[str]) -> str:
    """The path in a fence's info string: an attribute, or a word of its own."""
    if named := _ATTRIBUTE.search(info):
        return named["path"]
    words = map(plain_path, info.replace(":", " ").split())
    return next((word for word in reversed(list(words)) if _is_path(word, names)), "")


def _is_path(text: str, names: Collection[str]) -> bool:
    if text.rsplit("/", 1)[-1] in names:
        return True
    if not _PATH.fullmatch(text) or not text.strip("./\\"):
        return False
    if "/" in text.strip("/"):
        return not text.startswith("//") and "." in text.rsplit("/", 1)[-1]
    return bool(_NAMED.fullmatch(text)) and text.rsplit(".", 1)[-1].lower() in _ENDINGS
