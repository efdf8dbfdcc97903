"""Functions of which the text that calls them says that they never return."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.syntax import parents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source

_WORDS = {"module": ("NoReturn", "Never"), "program": ("never",)}
"""Types without values by the first nodes of texts: of Python, of TypeScript and PHP."""
_OTHERS = ("Never", "Nothing", "!")
"""Those of Swift, Kotlin and Rust."""
_ALIAS = re.compile(
    r"\b(?:NoReturn|Never)\s+as\s+(?P<imported>\w+)"
    r"|^[ \t]*(?:export\s+|pub\s+)?(?:(?:type|typealias)\s+)?(?P<given>[A-Za-z_]\w*)\s*(?::\s*[\w.]+\s*)?=\s*"
    r"[\"']?(?:\w+\.)*(?P<type>NoReturn|Never|never|Nothing)[\"']?[ \t]*;?[ \t]*$",
    re.MULTILINE,
)
"""Another name for a type without values."""
_ATTRIBUTE = re.compile(
    r"(?:\b_?[Nn]oreturn\b|\bnoreturn__|\[DoesNotReturn\])[\s\])]{0,20}[\w\s*:&]{1,200}?\b(?P<name>\w+)\s*\("
)
"""What C, C++ and C# say of a function."""
_CALLABLE = re.compile(
    r"\b(?P<name>\w+)\s*:\s*[\"']?(?:\w+\.)*Callable\[[^\n=]{0,200},\s*(?P<type>[\w.]+)\s*\]"
)
"""What Python says of a variable that is called."""
_FUNCTION = re.compile(r"\w*(?:function|method)\w*")
_NAMED = ("name", "pattern", "left", "key", "property")
_CALLEE = ("function", "method", "name")
_LAST = re.compile(r"(?P<receiver>.*?)(?P<name>\w+)[?!]*(?:(?:::)?<[^<>]*>)?", re.DOTALL)
_OWN = re.compile(r"(?:self|this|cls|Self|super\(\)|super|static|\$this)?(?:\.|::|\?\.|->)?")
_TRIMMED = " \t\r\n:->'\"()"
_MOST = 50
"""So many places that say it are looked at."""
_NEAR = 5
_LONGEST = 400


def is_declared_never(call: Node, source: Source) -> bool:
    """Whether what a call calls says in the same text that it never returns.

    A method of another object counts where all that have its name say so.
    """
    declared = _declared(source)
    if not declared:
        return False
    callee = next(filter(None, map(call.child_by_field_name, _CALLEE)), None)
    callee = callee or next(iter(call.named_children), None)
    if callee is None or callee.end_byte - callee.start_byte > _LONGEST:
        return False
    head = source.data[call.start_byte : callee.end_byte].decode("utf-8", "replace")
    found = _LAST.fullmatch(head)
    if found is None or found["name"] not in declared:
        return False
    is_own = _OWN.fullmatch(found["receiver"].strip()) is not None
    return is_own or declared[found["name"]] >= _defined(source.text, found["name"])


@lru_cache(maxsize=16)
def _defined(text: str, name: str) -> int:
    """How often a text seems to define a function of this name."""
    head = rf"(?<![.\w>]){re.escape(name)}\s*(?:<[^<>\n]{{0,80}}>)?\([^()]{{0,400}}\)\s*(?::|->|\{{|=>)"
    return sum(1 for _ in re.finditer(head, text))


@lru_cache(maxsize=4)
def _declared(source: Source) -> Counter[str]:
    """The functions of a text that say themselves that they never return, and how often."""
    text = source.text
    known = _WORDS.get(source.root.type, _OTHERS)
    other = [one["imported"] for one in _ALIAS.finditer(text) if one["imported"]]
    other += [one["given"] for one in _ALIAS.finditer(text) if one["type"] in known]
    words = frozenset((*known, *other))
    found = Counter(one["name"] for one in _ATTRIBUTE.finditer(text))
    found.update(
        one["name"] for one in _CALLABLE.finditer(text) if one["type"].rpartition(".")[2] in words
    )
    found.update(_by_their_results(source, words))
    return found


def _by_their_results(source: Source, words: frozenset[str]) -> Iterator[str]:
    bare = "|".join(map(re.escape, sorted(words - {"!"})))
    told = re.compile(rf"\b(?:{bare})\b|(?<=->)\s*!".encode())
    for place in islice(told.finditer(source.data), _MOST):
        node = source.root.descendant_for_byte_range(place.end() - 1, place.end())
        while node is not None and node.parent is not None and _is_word(node.parent, source, words):
            node = node.parent
        above = None if node is None or not _is_word(node, source, words) else node.parent
        if above is not None and _FUNCTION.fullmatch(above.type):
            yield from islice(_names_around(above, source), 1)


def _is_word(node: Node, source: Source, words: frozenset[str]) -> bool:
    """Whether a type is one without values, in quotes, brackets and with its module or not."""
    if node.end_byte - node.start_byte > _LONGEST:
        return False
    return source.word(node).strip(_TRIMMED).rpartition(".")[2] in words


def _names_around(function: Node, source: Source) -> Iterator[str]:
    """The names that a function, or what it is the type or the value of, has."""
    for one in (function, *islice(parents(function), _NEAR)):
        named = next(filter(None, map(one.child_by_field_name, _NAMED)), None)
        if named is not None:
            yield source.word(named)[:_LONGEST].rpartition(".")[2]
