"""Whether what code did is done in another version of it, in the same words or in others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.context.compared import Compared
    from understudy.context.effects import Effect

_COLLECTS = re.compile(
    r"append|appendleft|extend|insert|push|push_back|push_str|pushString|emplace_back|put|add|set|update|setdefault"
    r"|array_push|pop|remove|discard|delete|clear|sort|reverse|<<|Add|AddRange|Append|WriteString|write_str|setattr"
)
"""What changes a collection, which is said in many ways."""
_PRINTS = re.compile(
    r"print\w*|puts|p|pp|eprint\w*|echo|cat|Print\w*|Fprint\w*|Write(?:Line)?|write\w*|cout|<<|NSLog"
)
_TELLS = re.compile(
    r"debug|info|warn(?:ing)?|error|exception|critical|fatal|trace|log", re.IGNORECASE
)
_FILES = re.compile(
    r"remove|unlink|rmdir|rmtree|make_?dirs?|mkdir\w*|symlink\w*|rename|replace|move|chmod|copy\w*|touch|utime"
)
"""What happens to files, by the names of functions and of methods."""
_CLOSES = re.compile(r"close|Close|closeQuietly|Dispose|dispose|free|destroy|fclose")
_LOCKS = re.compile(
    r"(?:r|w|R|try_?)?(?:un)?lock\w*|(?:R|RU|U)?[Ll]ock|acquire|release|enter|exit|wait|signal"
)
_HOLDERS = re.compile(r"with\w*|use|synchronize\w*|let|sync|perform\w*|scoped\w*")
_ROUNDS = re.compile(
    r"for_?[eE]ach|ForEach|each(?:_\w+)?|map|filter|then|catch|finally|apply|also|let|run|tap|times|upto"
    r"|setTimeout|ipairs|pairs"
)
"""What only runs functions, which are looked at by themselves."""
_VALUES = re.compile(
    r"len|str|int|float|bool|list|tuple|dict|sorted|repr|isinstance|toString|valueOf|String|Number"
)
"""What does nothing but give a value."""
_OPENS = re.compile(r"open|Open\w*|fopen|File|opened")
_READS = re.compile(
    r"(?:read|write|load|dump)\w*|(?:Read|Write)\w*|file_(?:get|put)_contents|slurp|text|lines"
)
_ENDLESS = re.compile(
    r"(?:contextlib\.)?(?:suppress|nullcontext|ExitStack|AsyncExitStack|closing)\b"
)
"""What only shapes how something is held."""
_GROUPS = re.compile(r"Add|Done")
_SELF = frozenset({"self", "this", "cls", "super", "@", "$this", "Self"})
_MODULES = frozenset(
    {"table", "sort", "slices", "maps", "Collections", "Arrays", "random", "heapq"}
)
"""What changes the first thing that its functions are given."""
_WORD = re.compile(r"[^\W\d][\w$]*")
_LEAST = 3
_ALIKE = 5


def is_done(effect: Effect, compared: Compared) -> bool:
    """Whether code does what it did before.

    Args:
        effect: what it did.
        compared: all that it did and does.
    """
    if effect.text in compared.texts[1] and effect.how != "hold":
        return True
    return _RULES[effect.how](effect, compared)


def _is_yielded(_effect: Effect, compared: Compared) -> bool:
    given = compared.after.values - compared.before.values
    return bool(given) or any(one.how == "yield" for one in compared.come)


def _is_sent(effect: Effect, compared: Compared) -> bool:
    return any(one.how == "send" and one.base == effect.base for one in compared.come)


def _is_run_later(effect: Effect, compared: Compared) -> bool:
    return "Go" in compared.calls or any(one.how == effect.how for one in compared.come)


def _is_awaited(effect: Effect, compared: Compared) -> bool:
    bare = effect.text.removeprefix("await ").removesuffix(".await")
    return bare not in compared.texts[1] and _is_called(effect._replace(text=bare), compared)


def _is_called(effect: Effect, compared: Compared) -> bool:
    before, after, name = compared.before, compared.after, effect.name
    if not name or _ROUNDS.fullmatch(name) or _VALUES.fullmatch(name):
        return True
    if _root(_changed(effect)) in before.fresh or (not effect.base and name in before.own):
        return True
    there = after.names.get(name, frozenset())
    if compared.comes(name) or any(_holds_only(effect.text, one) for one in there):
        return True
    given = {one for one in _given(effect) if before.words[one]} - {name}
    if there and given and all(after.words[one] >= before.words[one] for one in given):
        return True
    return after.bare[name] > before.bare[name] or _is_said_otherwise(effect, compared)


def _holds_only(statement: str, call: str) -> bool:
    """Whether a statement is nothing but a call, apart from what hands its error on."""
    return call == statement or statement.rstrip("?!").removeprefix("try ").strip() == call


def _is_said_otherwise(effect: Effect, compared: Compared) -> bool:
    name, base = effect.name, effect.base
    if any((one.name, one.base) == (name, base) for one in compared.come):
        return True
    if any(kinds.fullmatch(name) and rule(effect, compared) for kinds, rule in _FAMILIES):
        return True
    return any(
        of == base and (_is_like(name, other) or name in words)
        for other, texts in compared.calls.items()
        for of, words in (compared.after.calls[text] for text in texts)
    )


def _is_printed(_effect: Effect, compared: Compared) -> bool:
    return bool(compared.calls_of(_PRINTS))


def _is_logged(effect: Effect, compared: Compared) -> bool:
    return any(of == effect.base for _, of, _ in compared.calls_of(_TELLS))


def _is_done_to_file(effect: Effect, compared: Compared) -> bool:
    given = _given(effect)
    return any(not words.isdisjoint(given) for _, _, words in compared.calls_of(_FILES))


def _is_closed(effect: Effect, compared: Compared) -> bool:
    is_gone = not compared.after.words[_root(effect.base)]
    return is_gone or _holds_anew(effect, compared)


def _is_grouped(_effect: Effect, compared: Compared) -> bool:
    return "Go" in compared.calls


def _given(effect: Effect) -> frozenset[str]:
    return frozenset(_WORD.findall(effect.text.partition("(")[2]))


def _is_like(name: str, other: str) -> bool:
    """Whether one name is a part of another, or they begin alike."""
    one, two = sorted((name.lower().strip("_"), other.lower().strip("_")), key=len)
    if len(one) >= _LEAST and one in two:
        return True
    return len(one) >= _ALIKE and one[:_ALIKE] == two[:_ALIKE]


def _holds_anew(_effect: Effect, compared: Compared) -> bool:
    return any(one.how == "hold" for one in compared.come) or bool(compared.calls_of(_HOLDERS))


def _is_touched(effect: Effect, compared: Compared) -> bool:
    """Whether something else happens to what is changed: a call, or another value."""
    base = _changed(effect)
    if not base:
        return False
    root = _root(base)
    for texts in compared.calls.values():
        for text in texts:
            of, words = compared.after.calls[text]
            if of == base or (base in text if root in _SELF else root in words):
                return True
    parts = f"{base}[", f"{base}.", f"*{base}"
    return any(one == base or one.startswith(parts) for one in compared.stored)


def _is_stored(effect: Effect, compared: Compared) -> bool:
    is_own = effect.base in _SELF
    if not is_own and _root(effect.base) in compared.before.fresh:
        return True
    if effect.how == "set" and _is_given_anew(effect, compared):
        return True
    return not is_own and _is_touched(effect, compared)


def _is_given_anew(effect: Effect, compared: Compared) -> bool:
    before, after, name = compared.before, compared.after, effect.name.lstrip("@$")
    targets = [one for one, texts in before.stored.items() if effect.text in texts]
    if any(one in after.stored for one in targets):
        return True
    if name and after.named.get(name, frozenset()) - before.named.get(name, frozenset()):
        return True
    # A name that only points somewhere may go, and the place gets its value otherwise.
    return effect.text.startswith("*") and bool(compared.stored)


def _is_held(effect: Effect, compared: Compared) -> bool:
    words, after = _WORD.findall(effect.base), compared.after
    if not words or _ENDLESS.match(effect.base):
        return True
    same = any(one.how == "hold" and one.base == effect.base for one in after.effects)
    anew = (set(_WORD.findall(one.base)) for one in compared.come if one.how == "hold")
    if same or any(not one.isdisjoint(words) for one in anew):
        return True
    head = _WORD.findall(effect.base.partition("(")[0])
    last = head[-1] if head else words[-1]
    if _OPENS.fullmatch(last):
        return bool(compared.calls_of(_READS))
    return after.words[last] >= compared.before.words[last]


def _changed(effect: Effect) -> str:
    """What an effect changes: what stands before the name, or the first thing that is given."""
    if effect.base and (effect.how != "call" or effect.base not in _MODULES):
        return effect.base
    return next(iter(_WORD.findall(effect.text.partition("(")[2])), "")


def _root(base: str) -> str:
    return next(iter(_WORD.findall(base)), "")


_FAMILIES: tuple[tuple[re.Pattern[str], Callable[[Effect, Compared], bool]], ...] = (
    (_PRINTS, _is_printed),
    (_TELLS, _is_logged),
    (_FILES, _is_done_to_file),
    (_COLLECTS, _is_touched),
    (_CLOSES, _is_closed),
    (_LOCKS, _holds_anew),
    (_GROUPS, _is_grouped),
)
"""What names of a kind stand for, and how to tell that it is said in other words."""
_RULES: Mapping[str, Callable[[Effect, Compared], bool]] = {
    "call": _is_called,
    "await": _is_awaited,
    "go": _is_run_later,
    "defer": _is_run_later,
    "set": _is_stored,
    "delete": _is_stored,
    "yield": _is_yielded,
    "send": _is_sent,
    "hold": _is_held,
}
