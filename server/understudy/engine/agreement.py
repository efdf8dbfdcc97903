"""Which models could be asked if only the user let their providers see the workspace's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.router import route
from understudy.models.registry import find_model
from understudy.providers import provider_of
from understudy.wire.keys import is_there

if TYPE_CHECKING:
    from understudy.config.policy import Policy
    from understudy.config.settings import Settings
    from understudy.models.registry import Model
    from understudy.tasks import Task


def unagreed(
    task: Task, settings: Settings, asked: str | None, policy: Policy
) -> tuple[Model, ...]:
    """The models of the route that only lack consent: the first of each provider, in its order.

    Looks into the environment, to offer nothing that has no key.
    """
    found: dict[str, Model] = {}
    for name in route(task, settings, asked).models:
        model = find_model(settings, name)
        if model is None or model.locality != "cloud" or model.provider in policy.clouds:
            continue
        reference = provider_of(model, settings).key_for(model, settings)
        if not reference or is_there(reference) is not False:
            found.setdefault(model.provider, model)
    return tuple(found.values())
