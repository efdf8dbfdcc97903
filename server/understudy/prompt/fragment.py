"""One fragment: a piece of a prompt in a Markdown file, with front matter that says where it belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from understudy.core.text import Span
from understudy.prompt.front_matter import read_front_matter
from understudy.prompt.keys import KEYS, SLOTS, WHEN
from understudy.prompt.template import read_template
from understudy.prompt.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.prompt.front_matter import Entry, FrontMatter, Word
    from understudy.prompt.template import Node

Layer = Literal["built-in", "workspace", "user"]
LAYERS: tuple[Layer, ...] = ("built-in", "workspace", "user")
"""Of two fragments with one id, that of the later layer counts."""

MOST_CHARACTERS = 64 * 1_024
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,99}")
_STEM = re.compile(r"[^A-Za-z0-9_./-]+")
_NO_WHEN: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fragment:
    """A fragment without errors.

    Attributes:
        version: counts the author's changes of meaning; shown beside figures.
        purpose: a sentence for people.
        when: by key, the values of which one must hold, of `ALL_OF` every one; `!value` must not.
        order: within the slot.
        rank: what is left out first when there is too little room; 0 never is.
        requires: ids of fragments that are taken along.
        conflicts: ids of fragments beside which it is not taken.
        slot: where in the prompt; empty for one that is only included by others.
        max_tokens: how many it may have; None for as many as the slot.
        is_stable: whether it is the same in the next request.
        layer: where it comes from.
        path: of its file, for people.
        text: the whole file.
        body: the offset at which the text begins, behind the front matter.
    """

    id: str
    slot: str
    text: str
    nodes: tuple[Node, ...]
    layer: Layer = "built-in"
    path: str = ""
    body: int = 0
    version: int = 1
    purpose: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_WHEN, hash=False)
    order: int = 100
    rank: int = 0
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    max_tokens: int | None = None
    is_stable: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds.

    Attributes:
        fragment: None when there is an error.
        front: the front matter, for whoever looks at the file's keys.
        id: as far as it can be told even from a file with errors.
    """

    fragment: Fragment | None
    front: FrontMatter
    nodes: tuple[Node, ...]
    troubles: tuple[Trouble, ...]
    id: str
    text: str = ""

    @property
    def id_span(self) -> Span:
        """Where the id is written; the file's beginning where it is not."""
        word = _first(self.front, "id")
        return word.span if word is not None else Span(0, 0)


def read_fragment(text: str, name: str, layer: Layer = "built-in", path: str = "") -> Reading:
    """Read a file. Never raises.

    Args:
        text: of the file.
        name: of the file without its ending: the id of one without front matter, such as a partial of
            an older template.
        layer: where it lies.
        path: for people.
    """
    long = len(text) > MOST_CHARACTERS
    front = read_front_matter(text[:MOST_CHARACTERS])
    template = read_template(text[:MOST_CHARACTERS], min(front.body, MOST_CHARACTERS))
    found = _Keys(front)
    id_word = _first(front, "id")
    id_ = id_word.text if id_word is not None else _STEM.sub("-", name).strip("-") or "fragment"
    troubles = [*front.troubles, *template.troubles]
    if long:
        message = f"A fragment has at most {MOST_CHARACTERS:,} characters."
        troubles.append(Trouble(Span(0, 0), message, code="too_long"))
    if id_word is None and front.is_there:
        troubles.append(Trouble(Span(0, 3), "The key `id` is missing.", code="missing_key"))
    fragment = found.fill(
        Fragment(id_, "", text, template.nodes, layer=layer, path=path, body=front.body)
    )
    troubles += found.troubles
    is_broken = any(trouble.severity == "error" for trouble in troubles)
    kept = None if is_broken else fragment
    return Reading(kept, front, template.nodes, tuple(troubles), id_, text)


class _Keys:
    """The keys of front matter as fields of a fragment, with what is wrong about them."""

    def __init__(self, front: FrontMatter) -> None:
        self._front = front
        self.troubles: list[Trouble] = []

    def fill(self, fragment: Fragment) -> Fragment:
        """The fragment with what the keys say."""
        known = self._known()
        self._look_at_id(known.get("id"))
        cache = self._one_of(known.get("cache"), ("volatile", "stable"), "volatile")
        return replace(
            fragment,
            slot=self._one_of(known.get("slot"), tuple(SLOTS), ""),
            when=MappingProxyType(dict(self._when(known.get("when")))),
            purpose=self._text(known.get("purpose")),
            requires=self._list(known.get("requires")),
            conflicts=self._list(known.get("conflicts")),
            is_stable=cache == "stable",
            version=self._number(known.get("version"), 1),
            order=self._number(known.get("order"), 100),
            rank=self._number(known.get("rank"), 0),
            max_tokens=self._number(known.get("maxTokens"), 0) or None,
        )

    def _known(self) -> dict[str, Entry]:
        known: dict[str, Entry] = {}
        for entry in self._front.entries:
            name = entry.key.text
            if name not in KEYS:
                self._complain(entry.key, f"There is no key `{name}`.", "unknown_key")
            elif name in known:
                self._complain(entry.key, f"The key `{name}` is there twice.", "double_key")
            else:
                known[name] = entry
        return known

    def _look_at_id(self, entry: Entry | None) -> None:
        word = self._word(entry)
        if word is not None and _ID.fullmatch(word.text) is None:
            message = (
                "An id is made of letters, digits and `_ . / -`, with no more than 100 of them."
            )
            self._complain(word, message, "bad_value")

    def _when(self, entry: Entry | None) -> Iterator[tuple[str, tuple[str, ...]]]:
        if entry is None:
            return
        if entry.words:
            self._complain(entry.key, "Below `when` stand keys such as `language`.", "bad_value")
        for one in entry.below:
            if one.key.text in WHEN:
                yield one.key.text, tuple(word.text for word in one.words)
            else:
                message = f"A fragment can't be chosen by `{one.key.text}`."
                self._complain(one.key, message, "unknown_key")

    def _word(self, entry: Entry | None) -> Word | None:
        if entry is None:
            return None
        if len(entry.words) == 1 and not entry.is_list:
            return entry.words[0]
        self._complain(entry.key, f"`{entry.key.text}` takes one value.", "bad_value")
        return None

    def _text(self, entry: Entry | None) -> str:
        word = self._word(entry)
        return word.text if word is not None else ""

    def _list(self, entry: Entry | None) -> tuple[str, ...]:
        return () if entry is None else tuple(word.text for word in entry.words)

    def _one_of(self, entry: Entry | None, known: tuple[str, ...], default: str) -> str:
        word = self._word(entry)
        if word is None:
            return default
        if word.text not in known:
            names = ", ".join(f"`{name}`" for name in known if name)
            self._complain(word, f"`{word.text}` is none of {names}.", "bad_value")
        return word.text

    def _number(self, entry: Entry | None, default: int) -> int:
        word = self._word(entry)
        if word is None:
            return default
        if not (word.text.isascii() and word.text.isdigit() and len(word.text) < 9):
            self._complain(word, f"`{word.text}` is no whole number from 0 on.", "bad_value")
            return default
        return int(word.text)

    def _complain(self, word: Word, message: str, code: str) -> None:
        self.troubles.append(Trouble(word.span, message, code=code))


def _first(front: FrontMatter, key: str) -> Word | None:
    for entry in front.entries:
        if entry.key.text == key and entry.words:
            return entry.words[0]
    return None
