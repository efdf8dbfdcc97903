"""Which models are asked for a task, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.models.registry import known_models

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.tasks import Task


def route(task: Task, settings: Settings, asked: str | None = None) -> tuple[str, ...]:
    """The ids of the models to try, first to last. A model that the user names is the only one.

    Raises:
        BadRequestError: when the user names a model that nobody knows.
    """
    if asked is not None:
        if asked not in known_models():
            known = ", ".join(f"`{model}`" for model in known_models())
            raise BadRequestError(f"There is no model `{asked}`. Known models: {known}.")
        return (asked,)
    chain = settings.model_routing.get(task.role) or settings.model_routing.get("debugging", ())
    return tuple(model for model in chain if model in known_models()) or tuple(known_models())
