"""xAI; `code` is a sentence, and `error` another."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="xai",
    broad=MappingProxyType(
        {
            "some resource has been exhausted": Kind.RATE_LIMIT,
            "some requested entity was not found": Kind.MODEL_MISSING,
            "client specified an invalid argument": Kind.BAD_REQUEST,
        }
    ),
    rules=(
        Rule(Kind.AUTH, r"Incorrect API key provided"),
        Rule(
            Kind.QUOTA, r"Your (?:[\w-]{1,40} ){0,4}team has (?:either )?used all available credits"
        ),
        Rule(Kind.CONTEXT_OVERFLOW, r"This model's maximum prompt length is "),
        Rule(Kind.CAPABILITY, r"Model \S{1,80} does not support parameter (?P<parameter>\w{1,60})"),
        Rule(Kind.CAPABILITY, r"Argument not supported on this model: (?P<parameter>\w{1,60})"),
    ),
)
