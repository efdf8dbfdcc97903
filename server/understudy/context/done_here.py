"""All that a piece of code does and mentions, for comparing it with another version."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.called import CALL, called
from understudy.context.effects import effects
from understudy.context.statements import RETURN
from understudy.context.stores import SETS, place, shared_targets
from understudy.context.whole_trees import nodes
from understudy.context.written import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tree_sitter import Node

    from understudy.context.effects import Effect
    from understudy.context.syntax import Source

_WORD = re.compile(r"[^\W\d][\w$]*[?!]?")
_NO_CODE = re.compile(r"\w*comment\w*|\w*string\w*|char\w*|text")
_GIVES = re.compile(
    r"(?:assignment|short_var|let|variable|lexical|var|const|local_variable|property|init)_?\w*|declaration"
    r"|expression_statement|assignment"
)
_NAMED = re.compile(
    r"keyword_argument|pair|shorthand_property_identifier|field_initializer|shorthand_field_initializer"
    r"|(?:required_|optional_|property_promotion_|class_)?parameter|public_field_definition|field_definition"
    r"|assignment\w*|keyed_element|typed_parameter|property_declaration|formal_parameter|named_argument"
    r"|(?:value_)?argument"
)
_LAMBDA = re.compile(r"\w*(?:lambda|closure)\w*|arrow_function|function_expression|func_literal")
_ARGUMENT = re.compile(r"(?:value_)?argument")
_HAS_NAME = re.compile(r"\s*\w+\s*[:=](?![=:])")
_FRESH = re.compile(
    r"(?:\[|\{|(?:list|dict|set|deque|defaultdict|Counter|OrderedDict|sorted|bytearray|StringIO|io\.StringIO|array)\("
    r"|make\(|map\[|\[\]|&?\w*\{\}|(?:String|Vec|VecDeque|HashMap|HashSet|BTreeMap|BTreeSet|BinaryHeap)::|vec!"
    r"|new\s+(?:\w+\.)*(?:\w*(?:List|Map|Set|Deque|Queue|Stack|Builder|Buffer|Array|Vector|Dictionary)\w*)\b|new\(|new\s+\w+\["
    r"|(?:mutable|array|linked|hash)\w*Of\b|array\(|String(?:Builder|Buffer)\("
    r"|[\w.]+\.(?:copy|clone|slice|to_vec|split|map|filter|collect|toList|toMutableList)\()"
)
_BARE_TYPES = re.compile(
    r"var\s+(?P<name>\w+)\s+(?:strings\.Builder|bytes\.Buffer|sync\.\w+|\[|map\[)"
    r"|(?!del|return|await|throw|yield|unset|typeof|void)(?:[\w:<>*]+\s+)+(?P<array>\w+)\s*\[[^\]]*\]\s*(?:=|;|$)"
)
_MADE = re.compile(r"(?:await\s+)?(?:new\b|&?[\w.:]+\s*(?:<[^()]*>)?\s*[({]|\[)")
"""A value that a call, `new` or a literal with fields gives."""
_DECLARED = re.compile(
    r"(?:var\s+(?P<go>\w+)\s+[\w.]+"
    r"|(?:struct\s+)?[\w:]+(?:<[\w:<>, *]*>)?\s+(?P<c>\w+))\s*(?:\[\w*\])?\s*(?:=\s*\{.*\}|\{.*\}|\(.*\))?\s*;?"
)
_GROWN = re.compile(r"(?P<name>\w+)\s*[+|]=")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Here:
    """What some code does.

    Attributes:
        effects: what it does beside its values.
        names: the texts of all calls, by the last part of what they call.
        calls: of each such text the whole of what is called and the words that it is given.
        stored: what is given a value, by the texts of the statements.
        named: where names get a value that an object knows it by, as texts.
        words: how often each word stands in it, texts and comments left out.
        bare: the same for words that are not called.
        fresh: names of containers that only this code knows.
        made: names that got a value here which a call or `new` made, with the texts of that.
        own: names of parameters of functions within it.
        values: the texts of what it returns.
    """

    effects: tuple[Effect, ...]
    names: Mapping[str, frozenset[str]]
    calls: Mapping[str, tuple[str, frozenset[str]]]
    stored: Mapping[str, frozenset[str]]
    named: Mapping[str, frozenset[str]]
    words: Counter[str]
    bare: Counter[str]
    fresh: frozenset[str]
    made: Mapping[str, frozenset[str]]
    own: frozenset[str]
    values: frozenset[str]

    @property
    def size(self) -> int:
        """How much there is to look through."""
        return len(self.effects) + len(self.calls) + len(self.words)

    def joined(self, others: Sequence[Here]) -> Here:
        """This code and others that it calls."""
        every = (self, *others)
        return Here(
            tuple(effect for one in every for effect in one.effects),
            _merged([one.names for one in every]),
            {text: told for one in every for text, told in one.calls.items()},
            {text: told for one in every for text, told in one.stored.items()},
            _merged([one.named for one in every]),
            _summed([one.words for one in every]),
            _summed([one.bare for one in every]),
            self.fresh,
            self.made,
            self.own,
            frozenset().union(*(one.values for one in every)),
        )


def _summed(every: Sequence[Counter[str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in every:
        found.update(one)
    return found


def _merged(every: Sequence[Mapping[str, frozenset[str]]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in every:
        for name, texts in one.items():
            found.setdefault(name, set()).update(texts)
    return {name: frozenset(texts) for name, texts in found.items()}


def here(parts: Sequence[Node], source: Source) -> Here:
    """What some nodes do and mention."""
    gathered = _Gathered()
    for part in parts:
        gathered.effects += effects(part, source)
        for node in nodes(
            part, lambda one: not _NO_CODE.fullmatch(one.type) or one.named_child_count > 0
        ):
            gathered.take(node, source)
    return gathered.told()


class _Gathered:
    """What was found so far."""

    def __init__(self) -> None:
        self.effects: list[Effect] = []
        self.names: dict[str, set[str]] = {}
        self.calls: dict[str, tuple[str, frozenset[str]]] = {}
        self.stored: dict[str, set[str]] = {}
        self.named: dict[str, set[str]] = {}
        self.words: Counter[str] = Counter()
        self.heads: Counter[str] = Counter()
        self.given: dict[str, bool] = {}
        self.made: dict[str, set[str]] = {}
        self.own: set[str] = set()
        self.values: set[str] = set()
        self.rules = (
            (CALL, self._call),
            (SETS, self._stored),
            (_NAMED, self._named),
            (_GIVES, self._given),
            (_LAMBDA, self._parameters),
            (RETURN, self._returned),
        )

    def take(self, node: Node, source: Source) -> None:
        """Take in one node."""
        if not node.child_count:
            self._word(node, source)
        elif node.is_named:
            for kinds, rule in self.rules:
                if kinds.fullmatch(node.type):
                    rule(node, source)

    def _word(self, node: Node, source: Source) -> None:
        if not _NO_CODE.fullmatch(node.type) and (word := _WORD.search(_head(node, source))):
            self.words[word[0]] += 1

    def _stored(self, node: Node, source: Source) -> None:
        text = written(node, node, source)
        if grown := _GROWN.match(text):
            self.stored.setdefault(grown["name"], set()).add(text)
        for one in shared_targets(node, source):
            target = written(one, one, source)
            self.stored.setdefault(target, set()).add(text.rstrip("; "))
            self.named.setdefault(place(one, source)[0], set()).add(text)

    def _named(self, node: Node, source: Source) -> None:
        head = _head(node, source)
        if not _ARGUMENT.fullmatch(node.type) or _HAS_NAME.match(head):
            for name in _WORD.findall(re.split("[:=]", head, maxsplit=1)[0]):
                self.named.setdefault(name, set()).add(written(node, node, source))

    def _parameters(self, node: Node, source: Source) -> None:
        fields = map(node.child_by_field_name, ("parameters", "parameter"))
        for told in filter(None, fields):
            self.own.update(_WORD.findall(_head(told, source)))

    def _returned(self, node: Node, source: Source) -> None:
        self.values.add(written(node, node, source))

    def _call(self, node: Node, source: Source) -> None:
        name, base = called(node, source)
        text = written(node, node, source)
        self.names.setdefault(name, set()).add(text)
        self.calls[text] = (base, frozenset(_WORD.findall(text)))
        self.heads[name] += 1

    def _given(self, node: Node, source: Source) -> None:
        """That a name gets a value: whether that is a container which nobody else knows."""
        text = written(node, node, source)
        if bare := _BARE_TYPES.match(text):
            self.given.setdefault(bare["name"] or bare["array"], True)
        if "declaration" in node.type and (declared := _DECLARED.fullmatch(text)):
            self.made.setdefault(declared["go"] or declared["c"], set()).add(text)
        left, sign, value = text.partition("=")
        left = left.partition(":")[0].rstrip()
        names = _WORD.findall(left)
        if not sign or not names or value.startswith("=") or left.endswith(("]", ")")):
            return
        is_fresh = _FRESH.match(value.strip()) is not None or names[-1] in _WORD.findall(value)
        if "." not in left and "->" not in left:
            if _MADE.match(value.strip()):
                # Of `f, err := open()` all are made.
                for name in (names[-1], *(_WORD.findall(left) if "," in left else ())):
                    self.made.setdefault(name, set()).add(text.rstrip("; "))
            self.given[names[-1]] = self.given.get(names[-1], True) and is_fresh

    def told(self) -> Here:
        """All of it."""
        return Here(
            tuple(self.effects),
            {name: frozenset(texts) for name, texts in self.names.items()},
            self.calls,
            {text: frozenset(told) for text, told in self.stored.items()},
            {name: frozenset(texts) for name, texts in self.named.items()},
            self.words,
            self.words - self.heads,
            frozenset(name for name, is_fresh in self.given.items() if is_fresh),
            {name: frozenset(texts) for name, texts in self.made.items()},
            frozenset(self.own),
            frozenset(self.values),
        )


def _head(node: Node, source: Source) -> str:
    stop = min(node.end_byte, node.start_byte + _LONGEST)
    return source.data[node.start_byte : stop].decode("utf-8", "replace")
