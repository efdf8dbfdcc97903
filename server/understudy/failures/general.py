"""What every server's errors mean: HTTP statuses, and words that many use."""

from __future__ import annotations

from types import MappingProxyType

from understudy.failures.kinds import Kind
from understudy.failures.litellm import RULES as OF_LITELLM
from understudy.failures.litellm import WORDS as WORDS_OF_LITELLM
from understudy.failures.localised import RULES as LOCALISED
from understudy.failures.rights import RULES as RIGHTS
from understudy.failures.rules import INSIDE, Errors, Rule

_STATUSES = {
    401: Kind.AUTH,
    402: Kind.QUOTA,
    403: Kind.AUTH,
    404: Kind.MODEL_MISSING,
    405: Kind.MODEL_MISSING,
    407: Kind.PROXY,
    408: Kind.TIMEOUT,
    409: Kind.SERVER,
    410: Kind.MODEL_MISSING,
    413: Kind.CONTEXT_OVERFLOW,
    425: Kind.OVERLOADED,
    429: Kind.RATE_LIMIT,
    451: Kind.AUTH,
    498: Kind.OVERLOADED,
    499: Kind.CANCELLED,
    503: Kind.OVERLOADED,
    529: Kind.OVERLOADED,
}

_UNQUOTED = r"(?:[^'\"`]|\b'\b){0,100}?"
"""The way to the words that decide; what a provider echoes stands in quotes, as a rule."""
_QUOTA = (
    # Google and others call the limit of a minute a quota, too.
    r"(?!.{0,300}?\bper[ _-]?(?:minute|second)\b)"
    + _UNQUOTED
    + r"\b(?:quota|credits?|allowance)\b.{0,40}?"
    + r"\b(?:exhausted|exceeded|used up|depleted|reached|insufficient)"
)
_PER_DAY = _UNQUOTED + r"(?:/ ?|\bper )(?:day|week|month)\b"
_SPENT = (
    _UNQUOTED
    + r"\b(?:daily|weekly|monthly|yearly|hourly|[0-9]{1,2}[- ]hour|usage|spend(?:ing)?|plan)(?:'s)?(?: \w{1,20})? limits?\b"
)
_TOO_MANY = (
    _UNQUOTED
    + r"\b(?:too many (?:concurrent )?(?:requests|tokens)|rate[ -]?limit(?:ed|ing|s)?\b|requests? limit|throttl|rate exceeded)"
)
_NO_CREDITS = (
    _UNQUOTED
    + r"\b(?:out of|(?:doesn't|don't|does not|do not) have (?:any|enough)) (?:\w{1,20} )?credits?\b"
)
_ALGO = r"(?:<400> [\w.]{1,60}: )?"
_UNREAD = r"(?:Failed to deserialize the JSON body into the target type: )?"


def status_kind(status: int) -> Kind | None:
    """What a status alone says; None for one that is no error."""
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= 500:
        return Kind.SERVER
    return Kind.BAD_REQUEST if status >= 400 else None


GENERAL = Errors(
    id="",
    words=MappingProxyType(
        {
            **WORDS_OF_LITELLM,
            "budget_exceeded": Kind.QUOTA,
            "token_quota_exceeded": Kind.RATE_LIMIT,
            "model_max_prompt_tokens_exceeded": Kind.CONTEXT_OVERFLOW,
            "unsupported_api_for_model": Kind.CAPABILITY,
            "model_not_supported": Kind.MODEL_MISSING,
            "model_not_available": Kind.MODEL_MISSING,
            "block_reason": Kind.CONTENT_FILTER,
            "content_filter": Kind.CONTENT_FILTER,
            "context_window_exceeded": Kind.CONTEXT_OVERFLOW,
            # Alibaba's DashScope, Zhipu and Moonshot
            "arrearage": Kind.QUOTA,
            "allocationquota.freetieronly": Kind.QUOTA,
            "throttling.allocationquota": Kind.QUOTA,
            "throttling": Kind.RATE_LIMIT,
            "throttling.ratequota": Kind.RATE_LIMIT,
            "throttling.burstrate": Kind.RATE_LIMIT,
            "exceeded_current_quota_error": Kind.QUOTA,
            "rate_limit_reached_error": Kind.RATE_LIMIT,
            # Amazon Bedrock
            "throttlingexception": Kind.RATE_LIMIT,
            "servicequotaexceededexception": Kind.QUOTA,
            "modelnotreadyexception": Kind.LOADING,
            "accessdeniedexception": Kind.AUTH,
        }
    ),
    broad=MappingProxyType(
        {
            "rate_limit_error": Kind.RATE_LIMIT,
            "server_error": Kind.SERVER,
            "internal_server_error": Kind.SERVER,
            "internalservererror": Kind.SERVER,
            "service_unavailable_error": Kind.OVERLOADED,
            "badrequesterror": Kind.BAD_REQUEST,
            "bad_request": Kind.BAD_REQUEST,
            "invalid_request_error": Kind.BAD_REQUEST,
            "authentication_error": Kind.AUTH,
            "permission_error": Kind.AUTH,
            "unauthorized": Kind.AUTH,
            "not_found_error": Kind.MODEL_MISSING,
            "notfounderror": Kind.MODEL_MISSING,
        }
    ),
    rules=(
        *OF_LITELLM,
        Rule(
            Kind.RATE_LIMIT,
            word=r".{0,100}#ThrottlingException",
            statuses=frozenset({400, 429}),
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:The model returned the following errors: )?input is too long for (?:the )?requested model",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:(?:this|the) (?:model|endpoint)'s )?maximum context length (?:is|of) [0-9,]{1,20} tokens",
            statuses=frozenset({400, 413, 422, 500}),
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:the )?(?:input|prompt|request)\b.{0,60}? (?:exceeds?|is (?:too long for|longer than)) the (?:model'?s |available )?(?:maximum )?context (?:window|length|size)",
        ),
        Rule(Kind.CONTEXT_OVERFLOW, r"(?:the )?(?:input|prompt|request) is too long\b"),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:the )?context (?:size|window|length) (?:was |has been |is )?exceeded",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:the )?(?:decoder )?prompt \(length [0-9]{1,9}\) is longer than the maximum model length",
        ),
        # SGLang
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:the )?input length \([0-9]{1,9} tokens\) exceeds the maximum allowed length",
        ),
        Rule(Kind.CONTEXT_OVERFLOW, r"prompt token count of [0-9]{1,9} exceeds the limit"),
        # Cohere, DashScope and Moonshot
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"too many tokens: (?:(?:the )?total number of tokens|size limit exceeded)",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            _ALGO + r"Range of input length should be \[[0-9]",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:Invalid request: )?Your request exceeded model token limit: [0-9]",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"(?:the )?input \([0-9]{1,9} tokens\) is longer than the model's context length",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"Requested token count exceeds the model's maximum context length",
        ),
        Rule(
            Kind.CONTEXT_OVERFLOW,
            r"Input validation error: `inputs` (?:tokens \+ `max_new_tokens` )?must ",
        ),
        Rule(
            Kind.CAPABILITY,
            r"(?:This model|[\w./:@-]{1,100}) does not support (?:the )?(?:use of |parameter )?[`'\"]?(?P<parameter>[\w.]{1,60})",
        ),
        Rule(
            Kind.CAPABILITY,
            r"(?:property|parameter|field|argument) ['\"`](?P<parameter>[\w.]{1,60})['\"`] is (?:unsupported|not supported)",
        ),
        Rule(
            Kind.CAPABILITY,
            r"(?:The )?(?:properties|parameters|fields|arguments) [`'\"]?(?P<parameter>[\w.]{1,60})[`'\"]?,? .{0,200}?\bare (?:unsupported|not supported)",
        ),
        Rule(Kind.CAPABILITY, r"Unsupported parameters?:? [`'\"]?(?P<parameter>[\w.]{1,60})"),
        Rule(
            Kind.CAPABILITY,
            r"[`'\"]?(?:adaptive )?(?P<parameter>[\w.]{1,60})[`'\"]?(?: is)? not supported (?:by|for|in|on|with) this model",
        ),
        Rule(
            Kind.CAPABILITY,
            r"[`'\"](?P<parameter>[\w.]{1,60})[`'\"](?: [`'\"]?[\w.]{1,60}[`'\"]?)?(?: is| are)? (?:unsupported|not supported) (?:by|for|in|on|with) (?:this|the) model",
        ),
        Rule(Kind.CAPABILITY, r"(?P<parameter>System|Developer) role (?:is )?not supported"),
        # DashScope and Volcano's Ark
        Rule(Kind.CAPABILITY, _ALGO + r"Range of (?P<parameter>max_tokens) should be \[[0-9]"),
        Rule(Kind.CAPABILITY, _ALGO + r"The (?P<parameter>thinking_budget) parameter must be "),
        Rule(
            Kind.CAPABILITY,
            r"The parameter (?P<parameter>[\w.]{1,60}) specified in the request is not valid: integer above",
        ),
        # Servers that are written in Rust
        Rule(
            Kind.CAPABILITY,
            _UNREAD + r"messages\[[0-9]{1,5}\]\.role: unknown variant [`'](?P<parameter>developer)",
        ),
        Rule(Kind.CAPABILITY, _UNREAD + r"unknown field [`'](?P<parameter>[\w.]{1,60})"),
        Rule(
            Kind.CAPABILITY,
            r"Unrecognized request arguments?(?: supplied)?: (?P<parameter>[\w.]{1,60})",
        ),
        Rule(Kind.CAPABILITY, r"(?P<parameter>[\w.]{1,60}): Extra inputs are not permitted"),
        Rule(Kind.CAPABILITY, r"Extra inputs are not permitted", word="extra_forbidden"),
        Rule(
            Kind.MODEL_MISSING,
            r"(?:The )?model [`'\"]?[\w./:@+-]{1,150}[`'\"]? (?:does not exist|(?:was |is )?not found|not exist)",
        ),
        Rule(Kind.CAPABILITY, r"This model only supports single tool-calls"),
        *RIGHTS,
        # Amazon Bedrock
        Rule(
            Kind.MODEL_MISSING,
            r"Invocation of model ID \S{1,150} with on-demand throughput isn.t supported",
        ),
        Rule(Kind.AUTH, r"(?:Incorrect|Invalid|Missing|No) API[ -]?key"),
        Rule(
            Kind.AUTH,
            r"(?:(?:This|The|Your) )?(?:organization|account) has been (?:restricted|disabled|suspended|deactivated)\b",
        ),
        Rule(Kind.AUTH, r"You didn't provide an API key"),
        Rule(
            Kind.OVERLOADED,
            _UNQUOTED
            + r"\b(?:is |are |currently |temporarily |too )+(?:overloaded|busy|over capacity)\b",
        ),
        Rule(
            Kind.OVERLOADED,
            r"\u670d\u52a1(?:\u5668)?(?:\u7e41\u5fd9|\u8fc7\u8f7d)|\u7cfb\u7edf\u7e41\u5fd9",
        ),
        # Every other status says more than these words.
        Rule(
            Kind.SERVER,
            r"(?:an? )?(?:internal|unexpected)(?: server| service)? error\b",
            statuses=frozenset({INSIDE}),
        ),
        Rule(
            Kind.SERVER,
            _UNQUOTED + r"\bconnection reset by peer\b",
            statuses=frozenset({INSIDE}),
        ),
        Rule(Kind.LOADING, r"Loading model\b|Model is (?:currently |still )?loading"),
        Rule(Kind.LOADING, r"Model \S{1,150} is (?:currently |still )?loading"),
        Rule(
            Kind.CONTENT_FILTER,
            r"(?:The )?(?:content|request|prompt|input)(?: \w{1,20})? (?:violates|was flagged|was blocked)",
        ),
        Rule(Kind.CANCELLED, r"request cancel(?:led|ed)\b"),
        Rule(Kind.QUOTA, _QUOTA),
        Rule(Kind.QUOTA, _SPENT),
        Rule(Kind.QUOTA, _NO_CREDITS),
        Rule(Kind.QUOTA, _PER_DAY, statuses=frozenset({402, 429})),
        Rule(Kind.QUOTA, r"insufficient (?:balance|credits?|funds|quota)\b"),
        Rule(
            Kind.QUOTA,
            _UNQUOTED
            + r"\b(?:exceeded|exhausted) your (?:current |monthly |weekly |daily )?(?:quota|capacity|credits?)\b",
        ),
        Rule(Kind.RATE_LIMIT, _TOO_MANY),
        Rule(
            Kind.RATE_LIMIT, r".{0,300}?\bper[ _-]?(?:minute|second)\b", statuses=frozenset({429})
        ),
        *LOCALISED,
    ),
)
