"""What fragments can be chosen by: the tasks, languages, providers and edit formats that there are."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.edit_formats import all_edit_formats
from understudy.engine.addressing import addressee
from understudy.languages import all_languages
from understudy.models.families import lineage
from understudy.models.model import CAPABILITIES
from understudy.models.registry import known_models
from understudy.prompt.checking import World
from understudy.prompt.choosing import applies, facts_of
from understudy.providers import all_providers
from understudy.tasks import all_tasks
from understudy.tasks.fix import TASK as FIX

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.prompt.fragment import Fragment

_MOST_TOLD = 10


def fragment_world(settings: Settings) -> World:
    """The values that conditions of fragments can name. May block: models are looked up."""
    models = known_models(settings)
    tasks = all_tasks()
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
                "editFormat": frozenset(all_edit_formats()),
                "hasDiagnostics": frozenset({"true", "false"}),
            }
        )
    )


def taken_for(fragment: Fragment, settings: Settings) -> tuple[str, ...]:
    """The models, as far as they are set up, for which a fragment's conditions can hold."""
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
