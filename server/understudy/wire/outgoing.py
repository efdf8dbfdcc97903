"""A request as bytes, with the endpoint's key in its headers and nowhere else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from understudy.core.failures import CallError
from understudy.wire.failing import unsendable_header
from understudy.wire.redacting import without_secrets
from understudy.wire.transport import Outgoing

if TYPE_CHECKING:
    from understudy.wire import Endpoint, Request
    from understudy.wire.families import Family
    from understudy.wire.trouble import TroubleError

_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?")
"""What HTTP lets a header say (RFC 9110, 5.5), less what is not ASCII."""

_MOST_TOLD = 200


def post(family: Family, request: Request, endpoint: Endpoint) -> Outgoing:
    """A request for a model's reply.

    Raises:
        CallError: the key or a header can't be sent as it is.
    """
    body = json.dumps(family.body(request, endpoint), ensure_ascii=False, separators=(",", ":"))
    return Outgoing(
        method="POST",
        url=family.url(endpoint, request.model),
        headers=headers(family, endpoint) | {"content-type": "application/json"},
        # A lone surrogate, half of a character, has no UTF-8; it becomes a question mark.
        content=body.encode("utf-8", "replace"),
        proxy=endpoint.proxy,
    )


def headers(family: Family, endpoint: Endpoint) -> dict[str, str]:
    """The family's headers and the endpoint's own, which win; names in lower case.

    Raises:
        CallError: the key or a header can't be sent as it is.
    """
    found = dict(family.headers(endpoint))
    found.update({name.lower(): value for name, value in endpoint.headers.items()})
    for name, value in found.items():
        if not is_sendable(value):
            raise CallError(unsendable_header(endpoint.provider, name))
    return found


def is_sendable(value: str) -> bool:
    """Whether a header may have this value."""
    return _HEADER_VALUE.fullmatch(value) is not None


def told(trouble: TroubleError, endpoint: Endpoint) -> str:
    """What went wrong, for people. A secret that the cut divides would not be found any more."""
    return without_secrets(trouble.detail, endpoint)[:_MOST_TOLD]
