"""Read one layer key by key: what is right counts, and each thing that is wrong is one problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError

from understudy.config import options, schema, wording
from understudy.config.consequences import and_consequence, and_consequences
from understudy.config.model_options import is_reference, is_secret_header
from understudy.config.own_checkers import describes
from understudy.config.problems import ConfigProblem, dotted
from understudy.core.failures import FailureCategory

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pydantic.fields import FieldInfo

    from understudy.config.guards import KeyPath
    from understudy.config.known import Known
    from understudy.config.source import Source
    from understudy.core.text import Span

_WORDS: dict[KeyPath, tuple[str, ...]] = {
    ("cascade", "actions"): tuple(category.value for category in FailureCategory)
}
"""Keys that tables with free keys are limited to."""
_HEADERS = frozenset({"headers", "otlp_headers"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of its setting's type, and how its key is spelled in the layer."""

    value: object
    spelled: KeyPath


@dataclass(slots=True)
class Reading:
    """What a layer says.

    Attributes:
        entries: the values that can be used, by their settings.
        broken: settings, or the tables above them, that were set to something unusable.
        named: entries of tables with free keys, such as one model, each with its spelling.
    """

    entries: dict[KeyPath, Entry] = field(default_factory=dict)
    broken: list[KeyPath] = field(default_factory=list)
    problems: list[ConfigProblem] = field(default_factory=list)
    named: dict[KeyPath, KeyPath] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _At:
    """A key: the setting that it means, and how it is spelled."""

    name: KeyPath = ()
    spelled: KeyPath = ()

    def below(self, name: str, spelled: str) -> _At:
        return _At((*self.name, name), (*self.spelled, spelled))


def read_layer(source: Source, known: Known) -> Reading:
    """Everything that one layer says. Never raises."""
    reader = _Reader(source, known)
    if source.error is None:
        reader.table(options.Options, source.values, _At())
    else:
        reader.unreadable(source.error)
    return reader.reading


class _Reader:
    def __init__(self, source: Source, known: Known) -> None:
        self._source = source
        self._known = known
        self.reading = Reading()

    def unreadable(self, error: str) -> None:
        """The layer says nothing; what it may have said about settings with power fails closed."""
        text = self._source.text
        for spelled, name in schema.spellings(options.Options).items():
            # With an escape sequence in it, a text can name a table without showing its letters.
            if text is None or spelled in text or "\\" in text:
                self.reading.broken.append((name,))
        name = self._source.name
        message = (
            f"{name[:1].upper()}{name[1:]} {error}. None of its settings count, and what it may"
            " say about programs, models and applying edits stays off until this is put right."
        )
        self.reading.problems.append(self._source.problem("", message, self._source.error_span))

    def table(self, table: type[schema.Table], values: object, at: _At) -> None:
        """A table with fixed keys."""
        if not isinstance(values, Mapping):
            self._wrong(at, values, "a table")
            return
        spellings = schema.spellings(table)
        for key, value in values.items():
            if value is None:
                continue
            if (name := spellings.get(spelled := str(key))) is None:
                read = partial(_Reader._part, table=table, value=value)
                self._unknown(at.below(spelled, spelled), spellings, read)
                continue
            same = [other for other in values if spellings.get(str(other)) == name]
            if len(same) == 1:
                self._part(table, value, at.below(name, spelled))
            elif key == same[-1]:
                self._twice(at.below(name, spelled))

    def _part(self, table: type[schema.Table], value: object, at: _At) -> None:
        info = table.model_fields[at.name[-1]]
        inner = schema.table_of(info)
        if inner is not None:
            self.table(inner, value, at)
        elif schema.entry_of(info) is None:
            self._value(table, value, at)
        elif isinstance(value, Mapping):
            self._entries(table, value, at)
        else:
            self._wrong(at, value, "a table")

    def _value(self, table: type[schema.Table], value: object, at: _At) -> None:
        name = at.name[-1]
        info = table.model_fields[name]
        if isinstance(value, list) and schema.choices(info):
            value = self._items(value, schema.choices(info), at)
        try:
            setattr(checked := table(), name, value)
        except ValidationError as failure:
            accepted = schema.accepts(info) + wording.reason(failure)
            self._wrong(at, value, accepted, self._better(value, info, at))
        else:
            self.reading.entries[at.name] = Entry(getattr(checked, name), at.spelled)

    def _better(self, value: object, info: FieldInfo, at: _At) -> str | None:
        if not schema.is_reference(info):
            return wording.mended(value, info)
        provider = at.name[1]
        variable = self._known.providers().get(provider) or wording.variable(provider)
        return wording.quoted(f"{{env:{variable}}}")

    def _items(self, values: list[object], words: Collection[str], at: _At) -> list[object]:
        """The items that are words of a closed set. Each other one is told, and left out."""
        for number, value in enumerate(values):
            if isinstance(value, str) and value not in words:
                near = wording.nearest(value, words)
                advice = f"Did you mean `{near}`?" if near else f"Known: {wording.listing(words)}."
                message = (
                    f"`{dotted((value,))}` in `{dotted(at.spelled)}` in {self._source.name} is not"
                    f" known and is left out. {advice}"
                )
                span = self._source.value_span((*at.spelled, number))
                self._complain(at, message, span, wording.quoted(near) if near else None)
        return [value for value in values if not isinstance(value, str) or value in words]

    def _entries(self, table: type[schema.Table], values: Mapping[object, object], at: _At) -> None:
        """A table whose keys are free: ids of checkers and models, names of roles."""
        entry = schema.entry_table(table.model_fields[at.name[-1]])
        words = _WORDS.get(at.name)
        for key, value in values.items():
            below = at.below(str(key), str(key))
            if value is None:
                continue
            if words is not None and str(key) not in words:
                read = partial(_Reader._item, table=table, value=value)
                self._unknown(below, {word: word for word in words}, read, "a kind of failure")
            elif entry is None:
                self._item(table, value, below)
            elif at.name == ("checkers",):
                self._checker(entry, value, below)
            else:
                self._named(entry, value, below)

    def _named(self, table: type[schema.Table], value: object, at: _At) -> None:
        if isinstance(value, Mapping):
            self.reading.named[at.name] = at.spelled
        self.table(table, value, at)

    def _checker(self, table: type[schema.Table], value: object, at: _At) -> None:
        ids = None if self._known.checkers is None else self._known.checkers()
        if ids is None or at.name[-1] in ids or describes(value):
            self.table(table, value, at)
        else:
            read = partial(_Reader.table, table=table, values=value)
            self._unknown(at, dict(zip(ids, ids, strict=True)), read, "a known checker")

    def _item(self, table: type[schema.Table], value: object, at: _At) -> None:
        """A value under a free key."""
        name, key = at.name[-2:]
        info = table.model_fields[name]
        accepted = schema.accepts(info)
        try:
            setattr(checked := table(), name, {key: value})
        except ValidationError as failure:
            if fault := wording.key_fault(failure, dotted(at.spelled), self._source.name):
                self._complain(at, fault, self._source.key_span(at.spelled))
            else:
                better = wording.mended(value, info)
                self._wrong(at, value, accepted + wording.reason(failure), better)
            return
        found = getattr(checked, name)[key]
        secret = name in _HEADERS and is_secret_header(key)
        if secret and not is_reference(found):
            self._wrong(at, value, "a reference such as `{env:NAME}`, never the secret itself")
        elif found == []:
            self._wrong(at, value, f"{accepted} with at least one in it")
        else:
            chain = [found] if name == "model_routing" and isinstance(found, str) else found
            self.reading.entries[at.name] = Entry(chain, at.spelled)

    def _unknown(
        self,
        at: _At,
        spellings: Mapping[str, str],
        read: Callable[..., None],
        kind: str = "a setting",
    ) -> None:
        """A key that no table has. When it looks like a setting with power, that one is closed.

        Args:
            at: the key.
            spellings: the keys that are known here, each with the name that it stands for.
            read: lets a reader take what stands under the key as if that were spelled right.
            kind: what the key is none of.
        """
        near = wording.nearest(at.spelled[-1], spellings)
        closes = ""
        if near is None:
            advice = f"Known here: {wording.listing(set(spellings.values()))}."
        else:
            advice = f"Did you mean `{near}`?"
            # Only what exists under the right name is closed: whatever else stands here is junk.
            twin = _Reader(self._source, self._known)
            read(twin, at=_At((*at.name[:-1], spellings[near]), at.spelled))
            closed = [*twin.reading.entries, *twin.reading.broken]
            self.reading.broken += closed
            if clauses := and_consequences(closed):
                closes = f", so it does not count{clauses}"
        message = f"`{dotted(at.spelled)}` in {self._source.name} is not {kind}{closes}. {advice}"
        self._complain(at, message, self._source.key_span(at.spelled), near)

    def _twice(self, at: _At) -> None:
        self.reading.broken.append(at.name)
        message = (
            f"`{dotted(at.name)}` is set twice in {self._source.name}, in two spellings, so neither"
            f" counts{and_consequence(at.name)}."
        )
        self._complain(at, message, self._source.key_span(at.spelled))

    def _wrong(self, at: _At, value: object, accepted: str, better: str | None = None) -> None:
        self.reading.broken.append(at.name)
        wrong = accepted + ("" if accepted.endswith(")") else f", not {wording.shown(value)}")
        start = f"`{dotted(at.spelled)}` in {self._source.name} must be {wrong}, "
        message = f"{start}so it does not count{and_consequence(at.name)}."
        self._complain(at, message, self._source.value_span(at.spelled), better)

    def _complain(
        self, at: _At, message: str, span: Span | None, suggestion: str | None = None
    ) -> None:
        problem = self._source.problem(dotted(at.name), message, span, suggestion)
        self.reading.problems.append(problem)
