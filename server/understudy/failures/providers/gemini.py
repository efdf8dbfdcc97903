"""Google's Gemini: generateContent."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

_NOT_ENABLED = (
    r"(?:Function calling|Developer instruction|JSON mode|Thinking|Image input) is not enabled for "
)

ERRORS = Errors(
    id="gemini",
    words=MappingProxyType(
        {
            # It comes with a 400, like any argument that is wrong.
            "api_key_invalid": Kind.AUTH,
            "unauthenticated": Kind.AUTH,
            "permission_denied": Kind.AUTH,
            "service_disabled": Kind.AUTH,
            "not_found": Kind.MODEL_MISSING,
            "deadline_exceeded": Kind.TIMEOUT,
        }
    ),
    broad=MappingProxyType(
        {
            "resource_exhausted": Kind.RATE_LIMIT,
            "invalid_argument": Kind.BAD_REQUEST,
            "failed_precondition": Kind.BAD_REQUEST,
            "internal": Kind.SERVER,
            "unavailable": Kind.OVERLOADED,
            "cancelled": Kind.CANCELLED,
        }
    ),
    rules=(
        Rule(Kind.QUOTA, word=r".*perday.*"),
        # A limit of nothing is no limit of a minute: the model is not part of the plan.
        Rule(
            Kind.QUOTA,
            r"You exceeded your current quota[\s\S]{0,900}?\blimit: 0(?![0-9]|[.,][0-9])",
            word="resource_exhausted",
        ),
        # The same sentence stands above the limits of a minute and of a day.
        Rule(Kind.RATE_LIMIT, r"You exceeded your current quota", word=r".*perminute.*"),
        Rule(
            Kind.QUOTA,
            r"Your (?:prepayment|prepay|prepaid) credits? (?:are|is|have been) (?:depleted|used up)",
            word="resource_exhausted",
        ),
        # Its limits of a minute are called quotas, too.
        Rule(Kind.RATE_LIMIT, word="resource_exhausted"),
        Rule(Kind.CONTEXT_OVERFLOW, r"The input token count \([0-9]{1,12}\) exceeds the maximum"),
        Rule(Kind.CONTEXT_OVERFLOW, r"Request payload size exceeds"),
        Rule(Kind.AUTH, r"API key not (?:valid|found)"),
        Rule(Kind.AUTH, r"User location is not supported"),
        Rule(
            Kind.QUOTA,
            r".{0,120}?\benable billing\b",
            word="failed_precondition",
            statuses=frozenset({400, 403}),
        ),
        Rule(
            Kind.CAPABILITY,
            r"(?:Invalid JSON payload received\. )?Unknown name \"(?P<parameter>\w{1,60})\"",
        ),
        Rule(Kind.CAPABILITY, _NOT_ENABLED),
        Rule(
            Kind.CAPABILITY,
            r"(?:The )?(?P<parameter>Thinking (?:level|budget))(?: \(?[\w-]{1,20}\)?)? is (?:not supported|invalid)",
        ),
        Rule(
            Kind.CAPABILITY,
            r"Budget [0-9-]{1,9} is invalid\. This model only works in thinking mode",
        ),
        Rule(
            Kind.CAPABILITY,
            r"Unable to submit request because it has a (?P<parameter>\w{1,60}) value of ",
        ),
        Rule(Kind.CAPABILITY, r"(?P<parameter>Tool use) with a response mime type: "),
        Rule(Kind.OVERLOADED, r"The model is overloaded"),
        Rule(Kind.OVERLOADED, r"This model is currently experiencing high demand"),
    ),
)
