"""LiteLLM's gateway: what it says itself, and not the provider behind it.

Source: `proxy/_types.py`, `proxy/route_llm_request.py` and `types/router.py` of litellm 1.106.2.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.failures.kinds import Kind
from understudy.failures.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

_COVER = r"(?:[0-9]{3}: )?(?:\{['\"](?:error|detail)['\"]: ['\"])?"
"""An exception whose detail is a dictionary is told as Python writes it."""
_ABOUT_A_MODEL = frozenset({400, 404, 429, 500, 503})

WORDS: Mapping[str, Kind] = MappingProxyType(
    {
        # A model by its name may be refused to a key that is good for others, with 401 as with 403.
        **{
            f"{who}_model_access_denied": Kind.MODEL_MISSING
            for who in ("key", "team", "user", "customer", "org", "project", "agent")
        },
        "expired_key": Kind.AUTH,
        "token_not_found_in_db": Kind.AUTH,
        "no_db_connection": Kind.SERVER,
    }
)
RULES = (
    Rule(
        Kind.MODEL_MISSING,
        _COVER + r"(?:/?[\w/{}.-]{1,80}: )?Invalid model name passed in\b",
        statuses=frozenset({400, 404}),
    ),
    Rule(
        Kind.MODEL_MISSING,
        r"You passed in model=\S{1,150} There (?:is no 'model_name' with|are no healthy deployments for) this",
        statuses=_ABOUT_A_MODEL,
    ),
    Rule(Kind.MODEL_MISSING, r"LLM Provider NOT provided\.", statuses=_ABOUT_A_MODEL),
    Rule(
        Kind.CAPABILITY,
        r"[\w./:@-]{1,100} does not support parameters: [\[{]['\"](?P<parameter>[\w.]{1,60})['\"]",
    ),
)
