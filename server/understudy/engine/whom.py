"""Which model would be shown something, for those who only look. Asks nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.config.paths import journal_file
from understudy.core.failures import BadRequestError, RefusedError
from understudy.engine.clearance import barred
from understudy.engine.router import route
from understudy.engine.situation import CODING, Situation, situate
from understudy.journal.ledger import Ledger
from understudy.models.registry import find_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.config.settings import Settings
    from understudy.models.registry import Model
    from understudy.tasks import Task
    from understudy.workspace.view import View


def whom(view: View, settings: Settings, task: Task, asked: str | None = None) -> Model | None:
    """The model that a document would be shown to first; None where none may be asked. Reads files.

    Args:
        view: the document. A model that may not see it is passed over, as a run passes it over.
        settings: with the models.
        task: that it would be asked for.
        asked: the one that the user names.

    Raises:
        BadRequestError: nobody knows the named one, or it is shown nothing.
        RefusedError: the document may not go to the named one.
    """
    if asked is not None:
        return _named(view, settings, asked)
    return next(
        (one for one in _route(view, settings, task) if not barred(view, one, settings)), None
    )


def _named(view: View, settings: Settings, asked: str) -> Model:
    model = find_model(settings, asked)
    if model is None or model.locality == "built-in":
        raise BadRequestError(f"There is no model `{asked}` that is shown anything.")
    why = barred(view, model, settings)
    if why:
        raise RefusedError(why)
    return model


def _route(view: View, settings: Settings, task: Task) -> Iterator[Model]:
    """The models over the network, in the order in which they would be asked now."""
    path = journal_file()
    # Looking is no reason to make a journal.
    there = settings.journal.enabled and path.exists()
    ledger = Ledger(path if there else None, cooldown_s=settings.cascade.cooldown_seconds)
    try:
        about = Situation(needs=CODING, language=view.language)
        found = route(task, settings, None, situate(settings, view.policy, ledger, about))
    finally:
        ledger.close()
    for name in found.models:
        model = find_model(settings, name)
        if model is not None and model.locality != "built-in":
            yield model
