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


def _failure(provider: str, finding: Finding, message: str, *, phase: Phase = "request") -> Failure:
    return replace(build(finding, provider, finding.code, phase), message=message)
