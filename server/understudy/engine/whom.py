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
    from understudy.config.settings import Settings
    from understudy.engine.route import Route
    from understudy.models.registry import Model
    from understudy.tasks import Task
    from understudy.workspace.view import View

_MOST = 3
"""So many reasons are told."""


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
    _, models = _found(view, settings, task)
    return next((one for one in models if not barred(view, one, settings)), None)


def why_nobody(view: View, settings: Settings, task: Task) -> str:
    """Why no model over the network may be shown a document, as clauses. Reads files."""
    if why := barred(view, None, settings):
        return why.removesuffix(".")
    found, models = _found(view, settings, task)
    told = [barred(view, one, settings).removesuffix(".") for one in models]
    for one in found.rejected:
        model = find_model(settings, one.model)
        if model is None or model.locality != "built-in":
            told.append(f"`{one.model}` {one.why}")
    told = list(dict.fromkeys(told))
    more = f"; and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return "; ".join(told[:_MOST]) + more if told else "none is set up"


def _named(view: View, settings: Settings, asked: str) -> Model:
    model = find_model(settings, asked)
    if model is None or model.locality == "built-in":
        raise BadRequestError(f"There is no model `{asked}` that is shown anything.")
    why = barred(view, model, settings)
    if why:
        raise RefusedError(why)
    return model


def _found(view: View, settings: Settings, task: Task) -> tuple[Route, list[Model]]:
    """The route, and the models over the network in it, in the order in which they would be asked now."""
    path = journal_file()
    # Looking is no reason to make a journal.
    there = settings.journal.enabled and path.exists()
    ledger = Ledger(path if there else None, cooldown_s=settings.cascade.cooldown_seconds)
    try:
        about = Situation(needs=CODING, language=view.language)
        found = route(task, settings, None, situate(settings, view.policy, ledger, about))
    finally:
        ledger.close()
    models = (find_model(settings, name) for name in found.models)
    return found, [one for one in models if one is not None and one.locality != "built-in"]
