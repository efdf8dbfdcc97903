"""The words of lessons that Understudy makes by itself, from kinds and codes of failures alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory
from understudy.learning.lesson import Remedy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from understudy.learning.lesson import Scope, Trigger

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
"""A code that is certain to be a word of a tool: nothing else of what a tool says gets into a prompt."""
_LANGUAGE = re.compile(r"[a-z][a-z0-9_+#.-]{0,30}")
_KNOWN: Mapping[str, str] = {
    "F401": "an import that nothing uses",
    "F811": "a second definition of a name that nothing used in between",
    "F821": "a name that is defined nowhere",
    "F841": "a variable that nothing uses",
    "E711": "a comparison with `None` by `==`",
    "E722": "a bare `except`",
    "B006": "a mutable default of a parameter",
    "I001": "imports out of order",
    "reportUndefinedVariable": "a name that is defined nowhere",
    "reportAttributeAccessIssue": "an attribute that the type does not have",
    "reportMissingImports": "an import of a module that is not installed",
    "reportArgumentType": "an argument of another type than the parameter's",
    "reportReturnType": "a returned value of another type than the function's",
    "reportOptionalMemberAccess": "an attribute of what may be `None`",
    "reportCallIssue": "a call whose arguments do not fit the parameters",
    "TS2304": "a name that is defined nowhere",
    "TS2322": "a value of a type that can't be assigned there",
    "TS2339": "a property that the type does not have",
    "TS2345": "an argument of another type than the parameter's",
    "TS7006": "a parameter without a type",
    "no-unused-vars": "a variable that nothing uses",
    "no-undef": "a name that is defined nowhere",
    "E0425": "a name that is defined nowhere",
    "E0308": "a value of another type than expected",
    "E0382": "a use of a value that was moved",
    "E0599": "a method that the type does not have",
}
"""What codes mean, in words of our own."""
_BY_CATEGORY: Mapping[FailureCategory, str] = {
    FailureCategory.SYNTAX_ERROR: "Close every bracket, string and block that you open.",
    FailureCategory.HALLUCINATION: (
        "Use only modules, functions and attributes that the code shown here defines or imports."
    ),
    FailureCategory.INCOMPLETE_OUTPUT: "Write the whole answer; leave nothing out with dots.",
    FailureCategory.EDIT_APPLY_FAILED: "Repeat lines that stay exactly as they stand here.",
    FailureCategory.IMPORT_ERROR: "Import only what is installed or part of this project.",
    FailureCategory.TYPE_ERROR: "Keep to the types of the parameters and of what is returned.",
}


def words_for(trigger: Trigger, scope: Scope) -> str:
    """The remedy in words of ours; empty where we have none for such a failure."""
    language = scope.language if _LANGUAGE.fullmatch(scope.language) else ""
    if trigger.code and _CODE.fullmatch(trigger.code):
        known = _KNOWN.get(trigger.code)
        what = f"leave {known} behind ({trigger.code})" if known else f"bring in {trigger.code}"
        return f"When you edit {language or 'code'}, do not {what}."
    return _BY_CATEGORY.get(trigger.category, "")


def remedy_for(trigger: Trigger, scope: Scope) -> Remedy | None:
    """A remedy in words of ours; None where we have none for such a failure."""
    words = words_for(trigger, scope)
    return Remedy("prompt_fragment", words, is_ours=True) if words else None


def is_ours(remedy: Remedy, trigger: Trigger, scope: Scope) -> bool:
    """Whether a remedy holds nothing but what Understudy itself would put there."""
    if remedy.kind != "prompt_fragment":
        return True
    return bool(remedy.body) and remedy.body == words_for(trigger, scope)
