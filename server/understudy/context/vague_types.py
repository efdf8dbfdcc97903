"""Declared types that say nothing, such as `Any` and `unknown`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from understudy.context.annotations import MEMBERS, RESULT, Declared, python_types, script_types

if TYPE_CHECKING:
    from understudy.context.annotations import Path
    from understudy.context.grammar import Grammar

_NOTHING = (
    r"(?:\w+\.)?(?:Any|any|unknown|object|Object|Function|Callable|mixed|untyped)|\{\}"
    r"|interface\s*\{\}|\*"
)
_SAYS_NOTHING = re.compile(_NOTHING)
_ANYWHERE = re.compile(r"(?<![\w$])(?:Any|any)(?![\w$]|\s*\??:)")
"""What leaves whatever it is a part of open. The other words demand a look at the value."""
_USUAL = re.compile(
    r"Literal\[[^\[\]]*\]|(?<=Coroutine\[)Any, Any(?=,)|(?<=Generator\[)\w+, Any, \w+"
    r"|\bextends (?:any|unknown)\[\]|`[^`]*`"
)
"""Texts, and what types of a standard library are given where nobody uses it."""
_NOTED = re.compile(r"(?:\w+\.)?Annotated\[(?P<type>[^\[\],]*(?:\[[^\[\]]*\])?),.*\]", re.DOTALL)
_AROUND = re.compile(
    r"(?:[\w]+\.)?(?:Optional|list|List|Sequence|Iterable|Array|ReadonlyArray|Promise|Awaitable|Final)"
    r"[\[<](?P<inner>.*)[\]>]|(?P<item>.+)\[\]|\((?P<own>.*)\)"
)
_OPTIONAL = frozenset({"", "None", "null", "undefined", "void"})
_ANY_OTHER = frozenset(
    {
        *(
            "__eq__",
            "__ne__",
            "__exit__",
            "__aexit__",
            "__contains__",
            "__setattr__",
            "__getattr__",
        ),
        *("__getattribute__", "__set__", "__get__", "__reduce__", "__reduce_ex__", "__getstate__"),
        *("__setstate__", "__deepcopy__", "__init_subclass__"),
    }
)
"""Methods of Python that take or give whatever there is."""
_READ = re.compile(
    r"\b(?:json|yaml|toml|tomllib|pickle|marshal|orjson)\.\w*loads?\w*\(|\bJSON\.parse\(|\.json\(\)"
    r"|\b(?:getattr|eval|literal_eval|import_module)\("
)
"""Calls that give what nobody knows before it is looked at."""
_THROWN = re.compile(r"e|ex|err|error|exc|exception|reason|cause", re.IGNORECASE)
"""What people call what was thrown, which may be anything in TypeScript."""
_RENAMED = re.compile(r"\bAny\s+as\s+(?P<name>\w+)")
_ALIAS = re.compile(
    r"^[ \t]*(?:export\s+)?(?:type\s+)?(?P<name>[A-Z]\w*)(?::\s*(?:\w+\.)?TypeAlias)?\s*=\s*(?P<type>[^\n;=]+?)[ \t]*;?[ \t]*$",
    re.MULTILINE,
)
_GUARD = re.compile(r"\bis\b|\basserts\b|\bType(?:Guard|Is)\b")
"""What a function returns that finds out the type of its argument."""
_WRITTEN = re.compile(
    r"@(?:param|return|returns|type)[ \t]+(?:\{(?P<js>[^{}\n]*)\}|(?P<own>\w+)[ \t]+(?P<lua>any)\b)[ \t]*(?P<name>\w*)"
    r"|\b(?P<php>mixed)[ \t]+(?P<var>\$\w+)|\)[ \t]*:[ \t]*(?P<result>mixed)\b|\bT\.(?P<ruby>untyped)\b"
)
"""The same in comments and signatures of JavaScript, Lua, PHP and Ruby."""
_OPEN = re.compile(
    r"\bcatch\s*\(\s*(?P<caught>\w+)\s*:\s*any\b"
    r"|[<,]\s*(?P<given>\w+)(?:\s+extends\s+[^<>,=]+)?\s*(?:=|\bextends)\s*any\s*(?=[,>])"
)
"""What is caught and the parameters of types, in TypeScript."""
_LOOKED_AT = r"\b(?:isinstance|issubclass|typeof|type|str|repr|print|bool|id|hash|format)\s*\(?\s*{0}\b|\b{0}\s+instanceof\b"
_COMPARED = r"(?<![\w.]){0}\s*(?:is\b|[!=]==?|in\b)|(?:\bis|\bnot|[!=]==?)\s+{0}\b(?![.(\[])"
_MENTIONED = r"(?<![\w.]){0}(?!\w)"
_LONGEST_BODY = 4000
_NEXT = re.compile(r"\n(?:async\s+def|def|class|function|export)\b")


def newly_vague(before: str, after: str, language: str, grammar: Grammar | None) -> str:
    """The first name that is declared of a type which says nothing, and was not before; or nothing.

    What takes anything by its nature does not count: further arguments of Python, its comparisons and
    attributes, what is read from a text, what was thrown, and what is only looked at.
    """
    if language == "python":
        return _first(python_types(before), python_types(after), before, after)
    if language.startswith("typescript"):
        declared = script_types(before, grammar), script_types(after, grammar)
        if found := _first(*declared, before, after):
            return found
        come = _opened(after) - _opened(before)
        return next(iter(come), "")
    come = _written(after) - _written(before)
    return next(iter(come), "")


def _first(
    old: dict[Path, Declared] | None, new: dict[Path, Declared] | None, before: str, after: str
) -> str:
    known = old or {}
    aliases = _aliases(after) - _aliases(before)
    if named := aliases - _renamed(after):
        return min(named)
    for path, now in (new or {}).items():
        if path[-1] == MEMBERS or now.is_rest or not says_nothing(now.type, aliases):
            continue
        result = (new or {}).get((*path[:-1], RESULT))
        if not _ANY_OTHER.isdisjoint(path) or (result and _GUARD.search(result.type)):
            continue
        was = known[path].type if path in known else ""
        if says_nothing(was) or _may_be_anything(path, now, after, is_new=not was):
            continue
        return ".".join(path[-2:-1]) if path[-1] == RESULT else path[-1]
    return ""


def _aliases(text: str) -> frozenset[str]:
    """Names of a text that stand for a type which says nothing."""
    told = (one["name"] for one in _ALIAS.finditer(text) if says_nothing(one["type"]))
    return _renamed(text) | frozenset(told)


def _renamed(text: str) -> frozenset[str]:
    return frozenset(one["name"] for one in _RENAMED.finditer(text))


def _may_be_anything(path: Path, now: Declared, text: str, *, is_new: bool) -> bool:
    """Whether nothing else can be said of what is declared."""
    is_strict = _ANYWHERE.search(now.type) is None
    is_script = "any" in now.type or "unknown" in now.type
    if path[-1] == RESULT:
        found = _READ.search(_body(path[-2], text)) if path[:-1] else None
        return found is not None and (is_strict or not is_script)
    if _READ.search(now.value):
        return is_strict or not is_script
    if not is_strict or not is_new or now.value:
        return False
    name = re.escape(path[-1])
    if is_script and _THROWN.fullmatch(path[-1]):
        return True
    body = _body(path[-2], text).partition(")")[2] if path[:-1] else ""
    looks = re.findall(_LOOKED_AT.format(name), body)
    looks += re.findall(_COMPARED.format(name), body)
    mentions = re.findall(_MENTIONED.format(name), body)
    is_narrowed = re.search(
        rf"\b(?:isinstance|typeof)\s*\(?\s*{name}\b|\b{name}\s+instanceof", body
    )
    return bool(mentions) and (is_narrowed is not None or len(looks) >= len(mentions))


def _body(name: str, text: str) -> str:
    """What stands behind the name of a function, up to the next one."""
    found = re.search(rf"\b{re.escape(name)}\b\s*[(<=:]", text)
    if found is None:
        return ""
    body = text[found.end() : found.end() + _LONGEST_BODY]
    end = _NEXT.search(body)
    return body[: end.start()] if end else body


def says_nothing(written: str, aliases: frozenset[str] = frozenset()) -> bool:
    """Whether a type as it is written leaves open what a value is, or what is in it.

    Args:
        written: the type.
        aliases: further names that say nothing.
    """
    written = written.strip()
    if len(written) > 1 and written[0] == written[-1] and written[0] in "'\"":
        return says_nothing(written[1:-1], aliases)
    if noted := _NOTED.fullmatch(written):
        return says_nothing(noted["type"], aliases)
    bare = _USUAL.sub("", written)
    if _ANYWHERE.search(bare) or not aliases.isdisjoint(re.findall(r"[\w$]+", bare)):
        return True
    if found := _AROUND.fullmatch(written):
        return says_nothing(found["inner"] or found["item"] or found["own"] or "")
    parts = [one.strip() for one in written.split("|")]
    told = [one for one in parts if one not in _OPTIONAL]
    return bool(told) and any(_SAYS_NOTHING.fullmatch(one) for one in told)


def _opened(text: str) -> Counter[str]:
    return Counter(one["caught"] or one["given"] for one in _OPEN.finditer(text))


def _written(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in _WRITTEN.finditer(text):
        kind = one["js"] or one["lua"] or one["php"] or one["result"] or one["ruby"] or ""
        if says_nothing(kind):
            found[one["own"] or one["name"] or one["var"] or kind] += 1
    return found
