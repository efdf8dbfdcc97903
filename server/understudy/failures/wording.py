"""The one line that people read: what happened, and what they can do about it.

What a run does next by itself is told by the run: it alone knows whether another model is left.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.core.failures import Failure

_SENTENCES: Mapping[Category, str] = MappingProxyType(
    {
        Category.PARSE_ERROR: "{who} answered in a form that can't be read; try again, or use another model.",
        Category.IMPORT_ERROR: "{who} can't find a module or library{code}: correct its name, or install it.",
        Category.TYPE_ERROR: "{who} found code that does not fit its types or names{code}; look at what it says, and try again.",
        Category.SYNTAX_ERROR: "{who} can't read the code{code}; look at what it says, and try again.",
        Category.RUNTIME_ERROR: "{who} stopped with an error while it ran{code}; its words tell where to look.",
        Category.RATE_LIMIT: "{who} takes no more requests for now; {wait}.",
        Category.CONTEXT_OVERFLOW: "The request is too long for the model of {who}{limit}; select less, or use a model with a larger window.",
        Category.CAPABILITY_MISMATCH: "The model of {who} can't do what was asked{parameter}; use a model that can.",
        Category.MARKDOWN_POLLUTION: "The new code holds text or fences that are no code; try again, or use another model.",
        Category.INCOMPLETE_OUTPUT: "The answer of {who} is not complete{code}, so nothing of it is used; select less, or use another model.",
        Category.HALLUCINATION: "The new code uses a name that exists nowhere{code}; try again, or use another model.",
        Category.TIMEOUT: "{who} did not answer in time; try again, or allow more time in the settings.",
        Category.PROVIDER_UNAVAILABLE: "{who} can't be used at the moment; try again later, or use another model.",
        Category.AUTH_ERROR: "{who} does not accept the key or its rights; check the key and the account in the settings.",
        Category.QUOTA_EXHAUSTED: "The quota or credit with {who} is used up{again}; check the plan, or use another provider.",
        Category.CONTENT_FILTERED: "{who} blocked the request or its answer by a content filter; rephrase it, or choose another model.",
        Category.REFUSAL: "The model of {who} refused the task; rephrase it, or choose another model.",
        Category.EMPTY_OUTPUT: "{who} answered with nothing; try again, or use another model.",
        Category.EDIT_APPLY_FAILED: "The edit does not fit the file's text; try again.",
        Category.STALE_DOCUMENT: "The document changed meanwhile; ask again for its present text.",
        Category.TEST_FAILURE: "{who} reports tests that fail; look at what they expected.",
        Category.LINT_FAILURE: "{who} reports a breach of a rule{code}; change the code, or the rule.",
        Category.MISSING_CONTEXT: "The model lacks information about the code; select more of it, or say more.",
        Category.BUDGET_EXCEEDED: "The budget is spent; raise it in the settings, or use a model that costs nothing.",
        Category.CANCELLED: "The work was cancelled; ask again when it is wanted.",
        Category.UNKNOWN: "{who} reported something that is not known yet; read its words, or give it a category in the settings.",
    }
)

_FINER: Mapping[tuple[Category, str], str] = MappingProxyType(
    {
        (
            Category.PROVIDER_UNAVAILABLE,
            "model_missing",
        ): "{who} does not have this model, or not for this account or at this address; check the model's name, the account's rights and the base URL, or pull the model.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "loading",
        ): "{who} is still loading the model; try again in a moment.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "overloaded",
        ): "{who} is overloaded; try again in a moment, or use another model.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "server",
        ): "{who} failed on its own side; try again in a moment, or use another model.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "connect",
        ): "{who} can't be reached; check the network, the base URL and the proxy.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "not_running",
        ): "The server of {who} is not running on this machine; start it, or use another model.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "dns",
        ): "The address of {who} is not known; check the base URL and the network.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "tls",
        ): "No secure connection to {who} was possible; check the certificates, the proxy and the clock.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "proxy",
        ): "The proxy on the way to {who} wants a name and a password; put both into its address, in `network.proxy` or in the environment.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "proxy_away",
        ): "The proxy on the way to {who} can't be reached{place}; check its address, in `network.proxy` or in the environment.",
        (
            Category.AUTH_ERROR,
            "bare",
        ): "{who}, or something on the way to it, turned the request away without a reason; check the key, the base URL and the proxy.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "reset",
        ): "The connection to {who} broke off; try again, or use another model.",
        (
            Category.PROVIDER_UNAVAILABLE,
            "malformed",
        ): "{who} answered with something that is no valid reply; check the base URL and the proxy, or use another model.",
        (
            Category.INCOMPLETE_OUTPUT,
            "too_large",
        ): "{who} sent more than a reply may hold, so it was stopped; use another model.",
        (
            Category.INCOMPLETE_OUTPUT,
            "repeats",
        ): "The model of {who} said the same again and again, so it was stopped; use another model.",
        (
            Category.CONTEXT_OVERFLOW,
            "request_too_large",
        ): "The request is larger than {who} allows this account in a minute{limit}; select less, or use another model.",
        (
            Category.UNKNOWN,
            "bad_request",
        ): "{who} does not understand the request, and asking again would not help; please report it with the server's log.",
    }
)

_UNFIT = re.compile(r"[^\w .:/+()#-]")


def sentence(failure: Failure) -> str:
    """One full sentence with the cause and a next step."""
    words = _FINER.get((failure.category, failure.code)) or _SENTENCES[failure.category]
    code = _UNFIT.sub("", failure.code)
    limit, parameter = failure.limit, _UNFIT.sub("", failure.parameter)[:60]
    filled = words.format(
        who=_who(failure),
        code=f" ({code})" if code else "",
        limit=f", which takes {limit} tokens" if limit else "",
        parameter=f" (`{parameter}`)" if parameter else "",
        wait=_wait(failure),
        place=_place(failure),
        again=f" for {duration(failure.after_s)}" if failure.after_s else "",
    )
    return filled[:1].upper() + filled[1:]


def _who(failure: Failure) -> str:
    source = _UNFIT.sub("", failure.evidence.source)[:40]
    return f"`{source}`" if source else "the tool"


def _place(failure: Failure) -> str:
    """The address that was tried, where the evidence begins with it."""
    place, colon, _ = failure.evidence.text.partition(": ")
    shown = _UNFIT.sub("", place)[:80]
    return f" at `{shown}`" if colon and shown else ""


def _wait(failure: Failure) -> str:
    when = "a while" if failure.after_s is None else duration(failure.after_s)
    return f"try again in {when}, or use another model"


def duration(seconds: float) -> str:
    """A length of time as people say it, rounded up."""
    whole = max(1, int(-(-seconds // 1)))
    if whole < 120:
        return f"{whole} s"
    if whole < 7200:
        return f"{-(-whole // 60)} min"
    return f"{-(-whole // 3600)} h"
