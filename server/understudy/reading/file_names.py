"""What looks like the name of a file, and what stands around one where a reply names it."""

from __future__ import annotations

import re

ATTRIBUTES = "title|file|filename|file_name|filepath|file_path|path|name"
_ATTRIBUTE = re.compile(
    rf"\b(?P<key>{ATTRIBUTES})\s*=\s*"
    r"(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)'|(?P<bare>[^\s}\"'<>]+))",
    re.IGNORECASE,
)
_ANY_WORDS = frozenset({"title", "name"})
_ENDING = re.compile(r"[\w)\]-]\.[A-Za-z]\w{0,9}\Z")
_WORDS = (
    "py pyi ipynb js jsx mjs cjs ts tsx mts cts go rs c h cc cpp cxx hpp hh java kt kts scala swift"
    " rb php cs fs vb lua sh bash zsh fish ps1 pl r jl dart ex exs erl hs ml mli clj sql html htm"
    " css scss sass less vue svelte astro json jsonc json5 yaml yml toml ini cfg conf xml md mdx qmd"
    " rmd rst txt tex proto graphql gql tf nix zig nim cmake gradle mk env lock csv adoc org"
)
_ENDINGS = frozenset(_WORDS.split())
_PLAIN = re.compile(r"(?:Make|Docker|Container|Rake|Gem|Pip|Proc|Vagrant|Jenkins|Brew)file")
_BARE = re.compile(r"[\w.@+\[\]-]*[\w\])]\.[A-Za-z][A-Za-z0-9+]{0,9}")
_LONGEST = 300


def attribute_in(text: str) -> str:
    """The path that an attribute of a tag or of an info string gives; empty for none.

    A title and a name may be in any words.
    """
    found = _ATTRIBUTE.search(text[:_LONGEST])
    if found is None:
        return ""
    path = (found["double"] or found["single"] or found["bare"]).strip()
    is_path = found["key"].lower() not in _ANY_WORDS or looks_like_file(path.replace(" ", "_"))
    return path if is_path else ""


def looks_like_file(word: str) -> bool:
    """Whether a word is a file's name: with folders and an ending, or with an ending that is known."""
    if not word or "://" in word or any(char.isspace() for char in word):
        return False
    folders, _, name = word.replace("\\", "/").rpartition("/")
    if name.replace(".", "").isdigit() or not name.strip("."):
        return False
    if folders:
        is_hidden = name.startswith(".") and name[1:2].isalpha()
        return bool(_ENDING.search(name) or _PLAIN.fullmatch(name) or is_hidden)
    return bool(_BARE.fullmatch(name)) and name.rsplit(".", 1)[-1].lower() in _ENDINGS
