"""Whether the documents that a wish brings along may be shown to a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.failures import CallError, FailureCategory
from understudy.engine.clearance import left_out_within, why_not
from understudy.engine.questions import before_sending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.config.settings import Settings
    from understudy.engine.subject import Wish
    from understudy.models.registry import Model
    from understudy.workspace.view import View


def require_sendable(wish: Wish | None, model: Model, settings: Settings) -> None:
    """Refuse a question that would show a model a document it may not see. Reads ignore files.

    Raises:
        CallError: for the first such document among those that may be changed.
    """
    for view in wish.others.values() if wish is not None else ():
        why = why_not(view, model, settings)
        if why:
            raise CallError(before_sending(model, why, FailureCategory.PROVIDER_UNAVAILABLE))


def samples_for(wish: Wish | None, model: Model, settings: Settings) -> Mapping[str, View]:
    """The samples that a model may see; others, and ignored ones, are left out. Reads ignore files."""
    return {
        name: view
        for name, view in (wish.samples if wish is not None else {}).items()
        if not why_not(view, model, settings) and not left_out_within(view)
    }
