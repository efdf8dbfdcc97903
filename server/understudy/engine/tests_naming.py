"""Which files are tests, and of which file, as their names tell it."""

from __future__ import annotations

import re
from functools import lru_cache

from understudy.languages import all_languages

_STEM = "{stem}"


def names_of_tests(language: str, stem: str) -> tuple[str, ...]:
    """The names that the tests of a file may have, the most usual first; some with a folder."""
    known = all_languages().get(language)
    return tuple(one.replace(_STEM, stem) for one in known.tests) if known is not None else ()


def is_test(path: str, language: str) -> bool:
    """Whether a file is one with tests, by its path below the workspace folder."""
    return tested_stem(path, language) is not None


def tested_stem(path: str, language: str) -> str | None:
    """The name, without ending, of the file that a test file belongs to; None for other files."""
    for pattern in _patterns(language):
        found = pattern.search(path)
        if found is not None:
            return found["stem"]
    return None


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    known = all_languages().get(language)
    names = known.tests if known is not None else ()
    return tuple(
        re.compile(rf"(?:^|/){re.escape(one).replace(re.escape(_STEM), _ANY)}$") for one in names
    )


_ANY = r"(?P<stem>[^/]+?)"
