"""DeepSeek; its `code` is the same for everything."""

from __future__ import annotations

from understudy.failures.kinds import Kind
from understudy.failures.rules import Errors, Rule

ERRORS = Errors(
    id="deepseek",
    rules=(
        Rule(Kind.QUOTA, r"Insufficient Balance"),
        Rule(Kind.AUTH, r"Authentication Fails"),
        Rule(Kind.MODEL_MISSING, r"Model Not Exist"),
        Rule(Kind.CONTENT_FILTER, r"Content Exists Risk"),
        Rule(Kind.CAPABILITY, r"Invalid (?P<parameter>max_tokens) value, the valid range"),
        Rule(
            Kind.CAPABILITY, r"[\w.-]{1,60} does not support (?:Function Calling|Json Output|this)"
        ),
        Rule(Kind.CAPABILITY, r"This (?P<parameter>\w{1,60}) type is unavailable now"),
        Rule(Kind.OVERLOADED, r"Service is too busy"),
    ),
)
