"""Read one layer key by key: what is right counts, and each thing that is wrong is one problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic.alias_generators import to_snake

from understudy.config import options, wording
from understudy.config.guards import KeyPath, consequence
from understudy.config.problems import ConfigProblem, dotted
from understudy.config.settings import OFFLINE_MODEL

if TYPE_CHECKING:
    from understudy.config.source import Source
    from understudy.core.text import Span

_DEEPEST = len(("checkers", "<id>", "command"))


def _only_offline() -> Collection[str]:
    return (OFFLINE_MODEL,)


@dataclass(frozen=True, slots=True)
class Known:
    """What exists in rooms that configuration can't look into.

    Attributes:
        checkers: gives the ids of all checkers; None when any id is taken.
        models: gives the ids of all models.
    """

    checkers: Callable[[], Collection[str]] | None = None
    models: Callable[[], Collection[str]] = _only_offline


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
    """

    entries: dict[KeyPath, Entry] = field(default_factory=dict)
    broken: list[KeyPath] = field(default_factory=list)
    problems: list[ConfigProblem] = field(default_factory=list)


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
        for spelled, name in options.spellings(options.Options).items():
            # With an escape sequence in it, a text can name a table without showing its letters.
            if text is None or spelled in text or "\\" in text:
                self.reading.broken.append((name,))
        name = self._source.name
        message = (
            f"{name[:1].upper()}{name[1:]} {error}. None of its settings count, and what it may"
            " say about programs, models and applying edits stays off until this is put right."
        )
        self.reading.problems.append(self._source.problem("", message, self._source.error_span))

    def table(self, table: type[options.Table], values: object, at: _At) -> None:
        """A table with fixed keys."""
        if not isinstance(values, Mapping):
            self._wrong(at, values, "a table")
            return
        spellings = options.spellings(table)
        for key, value in values.items():
            if value is None:
                continue
            spelled = str(key)
            name = spellings.get(spelled)
            if name is None:
                self._unknown(at.below(spelled, spelled), value, spellings)
                continue
            same = [other for other in values if spellings.get(str(other)) == name]
            if len(same) == 1:
                self._part(table, value, at.below(name, spelled))
            elif key == same[-1]:
                self._twice(at.below(name, spelled))

    def _part(self, table: type[options.Table], value: object, at: _At) -> None:
        info = table.model_fields[at.name[-1]]
        inner = options.table_of(info)
        if inner is not None:
            self.table(inner, value, at)
        elif options.entry_of(info) is None:
            self._value(table, value, at)
        elif isinstance(value, Mapping):
            self._entries(table, value, at)
        else:
            self._wrong(at, value, "a table")

    def _value(self, table: type[options.Table], value: object, at: _At) -> None:
        name = at.name[-1]
        info = table.model_fields[name]
        checked = table()
        try:
            setattr(checked, name, value)
        except ValidationError as failure:
            better = wording.mended(value, info)
            self._wrong(at, value, options.accepts(info) + wording.reason(failure), better)
        else:
            self.reading.entries[at.name] = Entry(getattr(checked, name), at.spelled)

    def _entries(
        self, table: type[options.Table], values: Mapping[object, object], at: _At
    ) -> None:
        """A table whose keys are free: ids of checkers, names of roles."""
        entry = options.entry_of(table.model_fields[at.name[-1]])
        for key, value in values.items():
            below = at.below(str(key), str(key))
            if value is None:
                continue
            if isinstance(entry, type) and issubclass(entry, options.Table):
                self._checker(entry, value, below)
            else:
                self._chain(table, value, below)

    def _checker(self, table: type[options.Table], value: object, at: _At) -> None:
        ids = None if self._known.checkers is None else self._known.checkers()
        if ids is None or at.name[-1] in ids:
            self.table(table, value, at)
        else:
            self._unknown(at, value, {checker: checker for checker in ids}, "a known checker")

    def _chain(self, table: type[options.Table], value: object, at: _At) -> None:
        name, role = at.name
        accepted = options.accepts(table.model_fields[name])
        try:
            setattr(table(), name, {role: value})
        except ValidationError:
            self._wrong(at, value, accepted)
            return
        models = value if isinstance(value, list) else [value]
        if not models:
            self._wrong(at, value, f"{accepted} with at least one in it")
            return
        usable = tuple(
            model for number, model in enumerate(models) if self._model(model, number, at)
        )
        if usable:
            self.reading.entries[at.name] = Entry(usable, at.spelled)
        else:
            self.reading.broken.append(at.name)

    def _model(self, model: str, number: int, at: _At) -> bool:
        ids = self._known.models()
        if model in ids:
            return True
        near = wording.nearest(model, ids)
        span = self._source.value_span((*at.spelled, number)) or self._source.value_span(at.spelled)
        message = (
            f"`{dotted((model,))}` in `{dotted(at.spelled)}` in {self._source.name} is no known"
            f" model and is left out. Known: {wording.listing(ids)}."
        )
        self._complain(at, message, span, wording.quoted(near) if near else None)
        return False

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
            f" counts{_and(at.name)}."
        )
        self._complain(at, message, self._source.key_span(at.spelled))

    def _wrong(self, at: _At, value: object, accepted: str, better: str | None = None) -> None:
        self.reading.broken.append(at.name)
        message = (
            f"`{dotted(at.spelled)}` in {self._source.name} must be {accepted}, not"
            f" {wording.shown(value)}, so it does not count{_and(at.name)}."
        )
        self._complain(at, message, self._source.value_span(at.spelled), better)

    def _complain(
        self, at: _At, message: str, span: Span | None, suggestion: str | None = None
    ) -> None:
        problem = self._source.problem(dotted(at.name), message, span, suggestion)
        self.reading.problems.append(problem)


def _and(path: KeyPath) -> str:
    clause = consequence(path)
    return f" and {clause}" if clause else ""
