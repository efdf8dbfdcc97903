"""Providers and models that settings name: each must exist, in whichever layer it was made known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count, takewhile
from typing import TYPE_CHECKING

from understudy.config import wording
from understudy.config.assembly import assemble
from understudy.config.consequences import consequence
from understudy.config.guards import Closed
from understudy.config.problems import dotted
from understudy.config.settings import OFFLINE_MODEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from understudy.config.guards import KeyPath
    from understudy.config.known import Known, Remark
    from understudy.config.problems import ConfigProblem
    from understudy.config.settings import Settings
    from understudy.config.source import Source
    from understudy.core.text import Span


_MOST_LISTED = 12
_BY_PROVIDER = ("budget", "per_provider_usd")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which layer set a value, and how it spells the key there."""

    source: Source
    spelled: KeyPath


def check_names(
    values: dict[KeyPath, object],
    origins: dict[KeyPath, Origin],
    known: Known,
    from_workspace: Collection[KeyPath],
) -> tuple[Settings, tuple[ConfigProblem, ...]]:
    """The settings without the models that nobody knows, and what there is to say about names.

    Args:
        values: all settings; what does not count is taken out.
        origins: who set which of them, and who named which provider and model; what is closed for
            a slip in its name joins them.
        known: what there is.
        from_workspace: the keys whose values a workspace wrote.
    """
    check = _Check(values, origins, known)
    problems = [*check.providers(), *check.owners(), *check.limits()]
    check.settings = assemble(values, from_workspace)
    problems += check.chains()
    settings = assemble(values, from_workspace)
    problems += check.remarks(settings)
    return settings, tuple(problems)


class _Check:
    def __init__(
        self, values: dict[KeyPath, object], origins: dict[KeyPath, Origin], known: Known
    ) -> None:
        self._values = values
        self._origins = origins
        self._known = known
        self.settings: Settings

    def providers(self) -> Iterator[ConfigProblem]:
        """Providers that nobody knows need an address."""
        known = self._known.providers()
        for path, origin in self._origins.items():
            if path[0] != "providers" or len(path) != 2 or path[1] in known:
                continue
            address = self._values.get((*path, "base_url"))
            if address or self._is_closed(path):
                continue
            self._values[*path, "enabled"] = Closed.CLOSED
            near = wording.nearest(path[1], known)
            advice = f"Did you mean `{near}`?" if near else "One of your own needs a `base_url`."
            verb = f"is no known provider, so it is not asked. {advice}"
            yield self._problem(path, origin, verb, origin.source.key_span(origin.spelled), near)

    def owners(self) -> Iterator[ConfigProblem]:
        """The provider that is named for a model must be there."""
        known = self._all_providers()
        for path, value in list(self._values.items()):
            origin = self._origins.get(path)
            if path[0] != "models" or path[-1] != "provider" or origin is None:
                continue
            if isinstance(value, str) and value and value not in known:
                self._values[path] = Closed.CLOSED
                near = wording.nearest(value, known)
                verb = f"names no known provider, so {consequence(path)}."
                span = origin.source.value_span(origin.spelled)
                advice = f"{verb} Did you mean `{near}`?" if near else verb
                better = wording.quoted(near) if near else None
                yield self._problem(path, origin, advice, span, better)

    def limits(self) -> Iterator[ConfigProblem]:
        """The provider that something may be spent on must be there.

        Whoever was meant has a limit that was not read, so nothing is spent on it.
        """
        known = self._all_providers()
        for path in [one for one in self._values if one[:-1] == _BY_PROVIDER]:
            origin = self._origins.get(path)
            if origin is None or path[-1] in known:
                continue
            del self._values[path]
            near = wording.nearest(path[-1], known)
            if near is None:
                clause = f"limits nothing. Known: {wording.listing(known)}."
                if len(known) > _MOST_LISTED:
                    clause = "limits nothing."
            else:
                meant = (*_BY_PROVIDER, near)
                self._values[meant], self._origins[meant] = Closed.CLOSED, origin
                clause = f"does not count and {consequence(meant)}. Did you mean `{near}`?"
            verb = f"is for no known provider, so it {clause}"
            yield self._problem(path, origin, verb, origin.source.key_span(origin.spelled), near)

    def chains(self) -> Iterator[ConfigProblem]:
        """Models that nobody knows are left out of what names them."""
        for path, value in list(self._values.items()):
            origin = self._origins.get(path)
            if origin is None or not _names_models(path):
                continue
            names = value if isinstance(value, tuple) else (value,) if value else ()
            usable = tuple(name for name in names if self._is_model(name))
            if len(usable) < len(names):
                self._values[path] = usable or Closed.CLOSED
                for number, name in enumerate(names):
                    if name not in usable:
                        yield self._unknown(path, origin, name, number)

    def remarks(self, settings: Settings) -> Iterator[ConfigProblem]:
        """What those who know models have to say."""
        for remark in self._known.remarks(settings):
            origin = self._origins.get(remark.path)
            if origin is None:
                continue
            if remark.on_key:
                span = origin.source.key_span(origin.spelled)
            else:
                span = origin.source.value_span(origin.spelled)
            yield self._remark(remark, origin, span)

    def _remark(self, remark: Remark, origin: Origin, span: Span | None) -> ConfigProblem:
        source, better = origin.source, None
        if remark.on_key:
            better = remark.meant or None
        if remark.item is not None:
            item = _item(remark.item, origin) or span
            # An item before it may have been left out, and then the place is another one's.
            if item is not None and _is_written(remark.item[1], item, source):
                span, better = item, wording.quoted(remark.meant) if remark.meant else None
        advice = f" Did you mean `{remark.meant}`?" if remark.meant else ""
        problem = self._problem(remark.path, origin, f"{remark.verb}.{advice}", span, better)
        return replace(problem, is_hint=remark.is_hint)

    def _all_providers(self) -> set[str]:
        there = {path[1] for path in self._values if path[0] == "providers"}
        return {*self._known.providers(), *there}

    def _is_closed(self, start: KeyPath) -> bool:
        return any(
            value is Closed.CLOSED and path[: len(start)] == start
            for path, value in self._values.items()
        )

    def _is_model(self, name: object) -> bool:
        if name == OFFLINE_MODEL or not isinstance(name, str):
            return True
        if self._known.is_model is not None:
            return self._known.is_model(self.settings, name)
        return name in self._known.models(self.settings)

    def _unknown(self, path: KeyPath, origin: Origin, name: str, number: int) -> ConfigProblem:
        source, spelled = origin.source, origin.spelled
        span = source.value_span((*spelled, number)) or source.value_span(spelled)
        closed = self._values[path] is Closed.CLOSED
        clause = f", so {consequence(path)}" if closed else " and is left out"
        owner = self._owner(name)
        if self._is_closed(("providers", owner)):
            verb = (
                f"can't be asked, because `{dotted(('providers', owner))}` does not count{clause}"
            )
            message = f"`{dotted((name,))}` in `{dotted(spelled)}` in {source.name} {verb}."
            return source.problem(dotted(path), message, span)
        ids = self._known.models(self.settings)
        near = wording.nearest_id(name, [one for one in ids if one != name])
        message = (
            f"`{dotted((name,))}` in `{dotted(spelled)}` in {source.name} is no known model{clause}."
            f" {_advice(near, ids)}"
        )
        suggestion = wording.quoted(near) if near else None
        return source.problem(dotted(path), message, span, suggestion)

    def _owner(self, model: str) -> str:
        """The provider of a model, as far as the settings tell."""
        named = self._values.get(("models", model, "provider"))
        return named if isinstance(named, str) and named else model.partition("/")[0]

    def _problem(
        self,
        path: KeyPath,
        origin: Origin,
        verb: str,
        span: Span | None,
        suggestion: str | None = None,
    ) -> ConfigProblem:
        message = f"`{dotted(origin.spelled)}` in {origin.source.name} {verb}"
        return origin.source.problem(dotted(path), message, span, suggestion)


def _item(item: tuple[int, str], origin: Origin) -> Span | None:
    """Where an item of a list stands, if that has not the place of another one."""
    place, name = item
    source = origin.source
    if place >= 0:
        return source.value_span((*origin.spelled, place))
    spans = (source.value_span((*origin.spelled, number)) for number in count())
    there = takewhile(lambda span: span is not None, spans)
    return next((span for span in there if span and _is_written(name, span, source)), None)


def _is_written(name: str, span: Span, source: Source) -> bool:
    return span.of(source.text or "").strip("\"'") == name


def _names_models(path: KeyPath) -> bool:
    return path[0] == "model_routing" or path in {
        ("cascade", "chain"),
        ("cascade", "fallback_model"),
    }


def _advice(near: str | None, ids: Collection[str]) -> str:
    if near:
        return f"Did you mean `{near}`?"
    if len(ids) > _MOST_LISTED:
        return "`understudy models list --all` names those that are known."
    return f"Known: {wording.listing(ids)}."
