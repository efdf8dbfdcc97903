"""Lessons that change a question otherwise than by words, from its first asking on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.edit_formats import all_edit_formats
from understudy.engine.contract import other_formats, region_for
from understudy.engine.names_defined import definitions_of
from understudy.engine.narrowing import narrower
from understudy.engine.prompts import place_of
from understudy.engine.setbacks import names_in
from understudy.engine.teaching import ORGANIZE, taught

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.engine.attempt import Ask
    from understudy.engine.reach import Reach
    from understudy.engine.ways import Plan
    from understudy.learning.selection import Chosen, Selected
    from understudy.models.registry import Model

    Apply = Callable[[Plan, str, Ask, Model, Reach], Plan | None]
    """The plan as a lesson would have it, with the lesson's argument; None where it can't be.

    What argument there can be is looked after when a lesson's file is read."""

_MOST_CHARACTERS = 20_000
"""Of the lines in question, so much is looked through for names."""


def with_lessons(
    plan: Plan, selected: Selected, ask: Ask, model: Model, reach: Reach
) -> tuple[Plan, tuple[Chosen, ...]]:
    """How a question is put that follows no failure, and the lessons that had a part in that.

    Each part of a question is changed by the best lesson about it. Reads the caches and the disk.
    """
    plan = replace(plan, taught=taught(selected))
    applied: dict[str, Chosen] = {}
    for one in selected.strategies:
        name, _, argument = one.lesson.remedy.body.partition("=")
        how = _APPLY.get(name)
        changed = how(plan, argument, ask, model, reach) if how and name not in applied else None
        if changed is not None:
            applied[name] = one
            plan = changed
    return plan, tuple(applied.values())


def _temperature(plan: Plan, argument: str, ask: Ask, model: Model, reach: Reach) -> Plan | None:
    own = ask.services.settings.models.get(model.id)
    is_set = own is not None and own.temperature is not None
    refused = "temperature" in reach.caches.refused(model.provider, model.name)
    if is_set or refused or "reasoning" in model.capabilities:
        return None
    return replace(plan, temperature=float(argument))


def _edit_format(plan: Plan, argument: str, ask: Ask, model: Model, reach: Reach) -> Plan | None:
    settings, read_so_far = ask.services.settings, reach.caches.read_so_far
    used = plan.edit_format.id
    if argument not in other_formats(used, model, ask.subject, settings, read_so_far):
        return None
    edit_format = all_edit_formats()[argument]
    region = region_for(ask.subject, plan.region.lines, edit_format)
    return replace(plan, edit_format=edit_format, region=region)


def _smaller(plan: Plan, _: str, ask: Ask, __: Model, ___: Reach) -> Plan | None:
    lines = narrower(ask.subject, plan.region, plan.edit_format)
    return None if lines is None else replace(plan, region=replace(plan.region, lines=lines))


def _definitions(plan: Plan, _: str, ask: Ask, model: Model, reach: Reach) -> Plan | None:
    """The definitions of the names in the lines that may change, beside what is gathered anyway."""
    place, view = place_of(ask, plan.region, model), ask.subject.view
    told = "\n".join(one.message for one in place.problems)
    names = names_in(plan.region.text[:_MOST_CHARACTERS]) | names_in(told[:_MOST_CHARACTERS])
    counter = reach.counter(model, view.language)
    found = definitions_of(names, place, ask.services, counter)
    return replace(plan, taught=replace(plan.taught, defined=found)) if found else None


def _organize(plan: Plan, _: str, ask: Ask, __: Model, ___: Reach) -> Plan | None:
    """The question stays as it is; what is done is done with the edit that comes of it."""
    wish = ask.subject.wish
    return None if wish is not None and wish.stays else plan


_APPLY: Mapping[str, Apply] = {
    "temperature": _temperature,
    "edit_format": _edit_format,
    "smaller_scope": _smaller,
    "definitions": _definitions,
    ORGANIZE: _organize,
}
"""What a lesson without words can change, by the names of `understudy.learning.remedies`."""
