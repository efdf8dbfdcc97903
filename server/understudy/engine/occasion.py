"""What the router is told of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.engine.services import nobody
from understudy.engine.situation import CODING, Situation, needed, situate
from understudy.engine.text_features import features_of
from understudy.models.registry import known_models

if TYPE_CHECKING:
    from understudy.engine.services import Services
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Occasion:
    """The document, the problem, the user's own words."""

    view: View
    diagnostic: Diagnostic | None = None
    said: str = ""


def situation_of(about: Occasion, services: Services, request: str) -> Situation:
    """What stands against models; without any, or a way to them, nobody needs to look.

    Args:
        about: what the run is about.
        services: settings, and the way to models.
        request: names what the user asked for.
    """
    view = about.view
    if services.reach is None or len(known_models(services.settings)) == 1:
        return Situation(policy=view.policy, free_only=services.free_only)
    span = about.diagnostic.span if about.diagnostic is not None else view.selection
    known = Situation(
        needs=CODING,
        tokens=needed(view, span),
        language=view.language,
        features=features_of(about.said, view.language),
        request=request,
        free_only=services.free_only,
        problem=about.diagnostic.code if about.diagnostic is not None else "",
        asking=services.confirm is not nobody,
    )
    return situate(services.settings, view.policy, services.reach.ledger, known)
