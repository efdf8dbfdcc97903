"""What the words of a request tell about it: how hard it is, and what it is about.

The last and least of what the router looks at: a guess by words moves a score a little, demands no
capability and rules out no model. Words count whole, so that `ui` is not found in "build", `ci` not in
"decimal", and `ts` not in "tests". Names of languages that are English words too count as such only
where they are written as names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Difficulty = Literal["easy", "plain", "hard"]

_MOST = 4_000
"""How many characters of a request are read; what follows says the same."""
_WORD = re.compile(r"[Ll]ock-[Ff]ree\b|[Ww]ait-[Ff]ree\b|[A-Za-z][A-Za-z0-9]*(?:\+\+|#)?", re.ASCII)
_HARD_FROM = 2
_EASY_FROM = 2


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HARD = _set(
    "rewrite redesign rearchitect reimplement algorithm algorithms architecture architectural"
    " concurrency concurrent deadlock deadlocks race races thread threading lock-free wait-free scheduler"
    " migrate migration distributed transaction transactional parser compiler optimize optimise"
    " performance memory leak security cryptography cryptographic recursion recursive invariant"
    " invariants backpressure protocol consistency"
)
_EASY = _set(
    "typo typos spelling rename comment comments format formatting reformat indent indentation"
    " whitespace simple quick small trivial tiny minor docstring docstrings wording capitalise"
    " capitalize sort"
)
_HARD_IN = {
    "rust": _set("borrow borrows borrowing lifetime lifetimes unsafe ownership"),
    "cpp": _set("template templates pointer pointers move constexpr"),
    "c": _set("pointer pointers aliasing malloc"),
    "go": _set("goroutine goroutines channel channels"),
    "python": _set("metaclass metaclasses asyncio descriptor descriptors"),
    "typescript": _set("generics conditional inference infer"),
    "java": _set("generics synchronized wildcard"),
    "sql": _set("isolation"),
}
"""Words that are hard in one language and say nothing in others."""
_PLAIN_NAMES = {
    name: name
    for name in _set(
        "python javascript typescript java kotlin csharp php sql lua css html json yaml toml"
        " dockerfile makefile markdown"
    )
} | {
    "golang": "go",
    "c++": "cpp",
    "cpp": "cpp",
    "c#": "csharp",
    "bash": "shellscript",
    "zsh": "shellscript",
    "typescriptreact": "typescript",
    "js": "javascript",
    "ts": "typescript",
    "py": "python",
    "rb": "ruby",
    "rs": "rust",
}
_CAPITAL_NAMES = {"Go": "go", "Rust": "rust", "Ruby": "ruby", "Swift": "swift", "C": "c"}
"""English words, and a letter: names only with their capital, and not as the first word."""
_BEFORE_C = _set("ansi as call calling calls from in into like plain pure to using")
_BEHIND_C = _set(
    "abi api array arrays binding bindings c++ code compiler extension extensions ffi file files"
    " function functions header headers interop libraries library macro macros module modules"
    " pointer pointers preprocessor program programs source standard string strings struct structs"
)
"""A letter is a grade, a drive or an option as well: it is a language in the company of these."""
_TOPICS = {
    "testing": "test tests testing pytest unittest jest spec specs mock mocks fixture fixtures",
    "infrastructure": "ci docker kubernetes k8s terraform ansible helm deploy deployment pipeline",
    "frontend": "ui css button buttons layout stylesheet react vue svelte component components",
    "shell": "shell bash zsh sh script scripts",
    "api": "api apis endpoint endpoints rest graphql grpc http",
    "documentation": "docs documentation docstring docstrings readme comment comments",
    "database": "sql database databases schema query queries index indexes",
}
_TOPIC_OF = {word: topic for topic, words in _TOPICS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Features:
    """What a text tells.

    Attributes:
        difficulty: `plain` when the words say neither, or both alike.
        topics: what it is about, such as `testing`.
        languages: the LSP ids of languages that it names.
        words: those that decided on the difficulty, in their order.
    """

    difficulty: Difficulty = "plain"
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    @property
    def tags(self) -> frozenset[str]:
        """Topics and languages together, as models may be tagged with them in the settings."""
        return self.topics | self.languages


PLAIN = Features()


def features_of(text: str, language: str = "") -> Features:
    """What the words of a request tell.

    Args:
        text: what the user wrote; only its beginning is read.
        language: the LSP id of the document's language, whose own hard words count as well.
    """
    if not text:
        return PLAIN
    found = [(one[0], _is_first(text, one.start())) for one in _WORD.finditer(text[:_MOST])]
    words = [word.lower() for word, _ in found]
    languages = {
        name
        for at, (word, first) in enumerate(found)
        if (name := _language(word, first)) and (word != "C" or _is_of_code(words, at))
    }
    own = frozenset[str]().union(*(_HARD_IN.get(each, ()) for each in {*languages, language}))
    hard = dict.fromkeys(word for word in words if word in _HARD or word in own)
    easy = dict.fromkeys(word for word in words if word in _EASY)
    difficulty = _difficulty(len(hard), len(easy))
    deciding = {"hard": tuple(hard), "easy": tuple(easy), "plain": ()}[difficulty]
    return Features(
        difficulty=difficulty,
        topics=frozenset(_TOPIC_OF[word] for word in words if word in _TOPIC_OF),
        languages=frozenset(languages),
        words=deciding,
    )


def _difficulty(hard: int, easy: int) -> Difficulty:
    if hard >= _HARD_FROM and hard > easy:
        return "hard"
    return "easy" if easy >= _EASY_FROM and easy > hard else "plain"


def _language(word: str, first: bool) -> str:  # noqa: FBT001 - it is where the word stands
    if not first and word in _CAPITAL_NAMES:
        return _CAPITAL_NAMES[word]
    return _PLAIN_NAMES.get(word.lower(), "")


def _is_of_code(words: list[str], at: int) -> bool:
    """Whether the words beside a letter make it a language's name."""
    before, behind = words[max(at - 1, 0)], words[min(at + 1, len(words) - 1)]
    return before in _BEFORE_C or behind in _BEHIND_C


def _is_first(text: str, at: int) -> bool:
    """Whether a sentence begins here, where any word has a capital."""
    before = text[max(at - 8, 0) : at].rstrip(" \t\"'`*(")
    return not before or before[-1] in ".!?:\n\r-"
