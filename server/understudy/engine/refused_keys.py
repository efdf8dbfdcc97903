"""Keys that a provider refused are left alone until they, or the provider's settings, change.

A key is known again by a mark: a slow keyed hash of it, of the address that it is for and of
everything else that is sent there with it. The key can't be found from its mark.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.core.failures import CallError, FailureCategory
from understudy.engine.questions import before_sending
from understudy.failures.of_keys import holds_for_key
from understudy.failures.reply import BARE

if TYPE_CHECKING:
    from understudy.config.settings import Settings
    from understudy.core.failures import Failure
    from understudy.journal.ledger import Ledger
    from understudy.models.registry import Model
    from understudy.wire import Endpoint

_ROUNDS = 20_000


def marks_of(endpoint: Endpoint, model: Model) -> tuple[str, ...]:
    """Those of a key for all models, and for this one alone; none where no key is sent."""
    if not endpoint.key and not endpoint.headers:
        return ()
    place = [endpoint.provider, endpoint.base_url, endpoint.proxy, dict(endpoint.headers)]
    return tuple(_mark(json.dumps([endpoint.key, *place, name])) for name in ("", model.name))


def until(ledger: Ledger, endpoint: Endpoint, model: Model) -> str:
    """The time until which a key is left alone; empty when it was not refused. May block."""
    # Marks are dear to make, and few people have a wrong key.
    return ledger.refused_until(marks_of(endpoint, model)) if ledger.is_any_key_refused() else ""


def require_good(ledger: Ledger, endpoint: Endpoint, model: Model) -> None:
    """Stop a question that would be sent with a key that was refused. May block.

    Raises:
        CallError: it was.
    """
    time = until(ledger, endpoint, model)
    if time:
        why = f"`{model.id}` {objection(model, time)}."
        raise CallError(before_sending(model, why, FailureCategory.AUTH_ERROR))


def refuse(ledger: Ledger, endpoint: Endpoint, model: Model, failure: Failure) -> None:
    """Remember that a provider refused the key that a question was sent with. May block.

    Nothing is remembered of a refusal without a reason: something on the way may have sent it.
    """
    marks = () if failure.code == BARE else marks_of(endpoint, model)
    if marks:
        of_all, of_one = marks
        ledger.refuse_key(of_all if holds_for_key(failure) else of_one)


def accept(ledger: Ledger, endpoint: Endpoint, model: Model) -> None:
    """Remember that a key was good for an answer. May block."""
    if until(ledger, endpoint, model):
        ledger.accept_key(marks_of(endpoint, model))


def objection(model: Model, time: str) -> str:
    """What stands against a model whose key was refused, as a clause."""
    return (
        f"has a key that `{model.provider}` refused; it is left alone until {time}, or until the"
        f" key or `providers.{model.provider}` changes"
    )


def refused(model: Model, settings: Settings, ledger: Ledger) -> str:
    """As `objection`, where the key can be looked at without asking anybody; empty else.

    Reads the environment and files of keys.
    """
    # The router is imported at the start of the server, which needs neither.
    from understudy.core.failures import UnavailableError
    from understudy.providers import look_at_endpoint, provider_of

    try:
        endpoint = look_at_endpoint(provider_of(model, settings), settings, model.name)
    except UnavailableError:
        return ""
    time = until(ledger, endpoint, model) if endpoint is not None else ""
    return objection(model, time) if time else ""


@lru_cache(maxsize=256)
def _mark(text: str) -> str:
    key = hashlib.pbkdf2_hmac("sha256", text.encode("utf-8", "replace"), b"understudy", _ROUNDS)
    return key[:16].hex()
