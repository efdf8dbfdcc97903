"""Failures that only the wire can see: no word of a provider stands behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from understudy.core.failures import FailureCategory
from understudy.failures.build import Finding, build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure, Phase
    from understudy.wire import Endpoint

_UNAUTHORIZED = 401
_USUAL_ENDS = {"openai": "/v1", "openai-responses": "/v1"}
"""How the base URLs of compatible servers end, by the family."""


def unsendable_header(provider: str, name: str) -> Failure:
    """The key, or a header that a person set, holds what HTTP can't carry."""
    return _failure(
        provider,
        Finding(FailureCategory.AUTH_ERROR, code="header"),
        f"The header `{name}` for `{provider}` is empty or holds a line break or another character "
        "that can't be sent; set it, or the key, again.",
    )


def redirected(provider: str, headers: Mapping[str, str]) -> Failure:
    """The server points to another address."""
    try:
        host = urlsplit(headers.get("location", "")).hostname
    except ValueError:
        host = None
    where = f"`{host}`" if host else "another address"
    return _failure(
        provider,
        Finding(FailureCategory.PROVIDER_UNAVAILABLE, code="redirect", blame="user"),
        f"`{provider}` points to {where}, and redirects are not followed, since the key is for one "
        "address only; put the address that answers into the provider's `base_url`.",
    )


def web_page(provider: str) -> Failure:
    """A page for people came with a status that says success."""
    return _failure(
        provider,
        Finding(FailureCategory.PROVIDER_UNAVAILABLE, code="web_page", blame="user"),
        f"`{provider}` answered with a web page; look whether its `base_url` is right, and whether "
        "a proxy or a login page stands in between.",
    )


def cut_off(provider: str) -> Failure:
    """The body ended in good order, and the answer did not."""
    return _failure(
        provider,
        Finding(FailureCategory.INCOMPLETE_OUTPUT, code="cut_off", blame="provider"),
        f"`{provider}` ended the answer without saying that it is complete, so nothing of it is "
        "used; try again, or use another model.",
        phase="stream",
    )


def not_our_own(failure: Failure, provider: str) -> Failure:
    """The failure of a provider that calls an answer cancelled, and any other as it is.

    Whoever cancels a call on this side does not read its answer, so the run has not ended: what
    cancelled was the server, or something before it.
    """
    if failure.category is not FailureCategory.CANCELLED:
        return failure
    finding = Finding(
        FailureCategory.PROVIDER_UNAVAILABLE,
        code="cancelled_by_server",
        confidence=failure.confidence,
        secondary=failure.secondary,
        advice="switch_model",
        blame="provider",
    )
    message = f"`{provider}` cancelled the answer by itself; try again later, or use another model."
    return replace(build(finding, provider, failure.evidence.text, failure.phase), message=message)


def without_key(failure: Failure, endpoint: Endpoint, status: int) -> Failure:
    """A refusal in other words where no key was sent that could be wrong."""
    keyless = not endpoint.key and not endpoint.headers
    if not keyless or status != _UNAUTHORIZED:
        return failure
    if failure.category is not FailureCategory.AUTH_ERROR:
        return failure
    provider = endpoint.provider
    message = f"`{provider}` wants a key, and none is set; name it in `providers.{provider}.key`."
    return replace(failure, message=message, code="no_key", blame="user")


def no_list(endpoint: Endpoint, path: str) -> Failure:
    """There is nothing where a server of this kind tells about its models."""
    provider = endpoint.provider
    usual = _USUAL_ENDS.get(endpoint.family, "")
    hint = f", which mostly ends with `{usual}`" if usual else ""
    return _failure(
        provider,
        Finding(FailureCategory.PROVIDER_UNAVAILABLE, code="no_list", blame="user"),
        f"`{provider}` has nothing at `{path}`, where its models are listed; check its "
        f"`base_url`{hint}.",
    )


def _failure(provider: str, finding: Finding, message: str, *, phase: Phase = "request") -> Failure:
    return replace(build(finding, provider, finding.code, phase), message=message)
