"""Read one layer key by key: what is right counts, and each thing that is wrong is one problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic.alias_generators import to_snake

from understudy.config import options, schema, wording
from understudy.config.guards import KeyPath, and_consequence
from understudy.config.model_options import is_reference, is_secret_header
from understudy.config.own_checkers import describes
from understudy.config.problems import ConfigProblem, dotted
from understudy.config.settings import OFFLINE_MODEL
from understudy.core.failures import FailureCategory

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from understudy.config.settings import Settings
    from understudy.config.source import Source
    from understudy.core.text import Span

_DEEPEST = len(("providers", "<id>", "headers", "<name>"))
_WORDS: dict[KeyPath, tuple[str, ...]] = {
    ("cascade", "actions"): tuple(category.value for category in FailureCategory)
}
"""Keys that tables with free keys are limited to."""


def _only_offline(_settings: Settings) -> Collection[str]:
    return (OFFLINE_MODEL,)


def _no_remarks(_settings: Settings) -> Collection[Remark]:
    return ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What someone who knows models has to say about a setting; it counts all the same.

    Attributes:
        verb: what follows the setting's name in a sentence, without a full stop.
        item: the item of a list that it is about, and its place; None for the whole value.
        meant: what the item probably should be; empty when that is not known.
        is_hint: whether nothing is wrong with the setting itself, but with what it counts on.
    """

    path: KeyPath
    verb: str
    item: tuple[int, str] | None = None
    meant: str = ""
    is_hint: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What exists in rooms that configuration can't look into.

    Attributes:
        checkers: gives the ids of all checkers; None when any id is taken.
        providers: gives the ids of all providers, each with the environment variable of its key.
        models: gives the ids that a setting may name, given all other settings.
        is_model: whether a setting may name this model, under whatever id; None: by `models`.
        remarks: gives what seems wrong about settings that are right by themselves.
    """

    checkers: Callable[[], Collection[str]] | None = None
    providers: Callable[[], Mapping[str, str]] = dict
    models: Callable[[Settings], Collection[str]] = _only_offline
    is_model: Callable[[Settings, str], bool] | None = None
    remarks: Callable[[Settings], Collection[Remark]] = _no_remarks


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
                self._unknown(at.below(spelled, spelled), value, spellings)
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
                self._unknown(below, value, {word: word for word in words}, "a kind of failure")
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
            self._unknown(at, value, dict(zip(ids, ids, strict=True)), "a known checker")

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
        if name == "headers" and is_secret_header(key) and not is_reference(found):
            self._wrong(at, value, "a reference such as `{env:NAME}`, never the secret itself")
        elif found == []:
            self._wrong(at, value, f"{accepted} with at least one in it")
        else:
            chain = [found] if name == "model_routing" and isinstance(found, str) else found
            self.reading.entries[at.name] = Entry(chain, at.spelled)

    def _unknown(
        self, at: _At, value: object, spellings: Mapping[str, str], kind: str = "a setting"
    ) -> None:
        """A key that no table has. When it looks like a setting with power, that one is closed."""
        near = wording.nearest(at.spelled[-1], spellings)
        if near is None:
            advice = f"Known here: {wording.listing(set(spellings.values()))}."
        else:
            advice = f"Did you mean `{near}`?"
            self._may_mean((*at.name[:-1], spellings[near]), value)
        message = f"`{dotted(at.spelled)}` in {self._source.name} is not {kind}. {advice}"
        self._complain(at, message, self._source.key_span(at.spelled), near)

    def _may_mean(self, path: KeyPath, value: object) -> None:
        if not isinstance(value, Mapping):
            self.reading.broken.append(path)
        elif len(path) < _DEEPEST:
            for key, item in value.items():
                self._may_mean((*path, to_snake(str(key))), item)

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
