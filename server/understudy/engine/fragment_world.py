"""What fragments can be chosen by: the tasks, languages, providers and edit formats that there are."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.config.policy import Policy
from understudy.edit_formats import Region, all_edit_formats
from understudy.engine.addressing import addressee
from understudy.languages import all_languages
from understudy.models.families import lineage
from understudy.models.model import CAPABILITIES
from understudy.models.registry import known_models
from understudy.prompt.choosing import applies, facts_of
from understudy.prompt.impossible import World
from understudy.providers import all_providers
from understudy.strategies import all_strategies
from understudy.tasks import all_tasks
from understudy.tasks.explain import TASK as EXPLAIN
from understudy.tasks.fix import TASK as FIX
from understudy.tasks.review import TASK as REVIEW
from understudy.workspace.view import View

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.prompt.fragment import Fragment
    from understudy.tasks import Task

_MOST_TOLD = 10
_REGION = Region(View("a.py", "a = 1\n", Policy(), language="python"), range(1))
"""Any one: what is looked for in a format's rules is in them whatever they are about."""


def fragment_world(settings: Settings) -> World:
    """The values that conditions of fragments can name. May block: models are looked up."""
    models = known_models(settings)
    tasks, formats = all_tasks(), all_edit_formats()
    tags = {tag for model in models.values() for tag in model.capabilities}
    return World(
        MappingProxyType(
            {
                "asks": frozenset({"fix", "change", "words"}),
                "taskKind": frozenset(tasks),
                "role": frozenset(task.role for task in tasks.values()),
                "language": frozenset(all_languages()),
                "model": frozenset(models),
                "family": frozenset(lineage(model.name) for model in models.values()),
                "capability": CAPABILITIES | tags,
                "provider": frozenset({*all_providers(), *settings.providers}),
                "editFormat": frozenset(formats),
                "hasDiagnostics": frozenset({"true", "false"}),
                "strategy": frozenset(all_strategies()),
            }
        ),
        asks=MappingProxyType({id_: _asked_by(task) for id_, task in tasks.items()}),
        rules=MappingProxyType({id_: one.rules(_REGION) for id_, one in formats.items()}),
    )


def _asked_by(task: Task) -> frozenset[str]:
    """What prompts of a task can ask for."""
    if task.id in {EXPLAIN.id, REVIEW.id}:
        return frozenset({"words"})
    return frozenset({"fix"} if task.reach == "diagnostic" else {"fix", "change"})


def taken_for(fragment: Fragment, settings: Settings) -> tuple[str, ...]:
    """The models, as far as they are set up, for which a fragment's conditions can hold.

    None for one without a slot, which is taken by nothing but other fragments.
    """
    if not fragment.slot:
        return ()
    keys = ("model", "family", "provider", "capability")
    own = replace(
        fragment,
        when=MappingProxyType({key: fragment.when[key] for key in keys if key in fragment.when}),
    )
    found = []
    for model in known_models(settings).values():
        to = addressee(FIX, model, None)
        if model.locality != "built-in" and applies(own, facts_of(to, {})):
            found.append(model.id)
    return tuple(found[:_MOST_TOLD])
