"""Which of several modules a function is meant to come from, when each has one of that name.

The names of functions are everyday words: `quote`, `time`, `copy`, `load`. So the first module that
comes to mind is a guess; only the call itself or the file's other imports can decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.calls import call_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.context.names import Importable, Names
    from understudy.core.text import Span

_VARIANTS = {
    "cmath": "math",
    "email.quoprimime": "",
    "ntpath": "os.path",
    "posix": "os",
    "posixpath": "os.path",
    "xmlrpc.client": "",
    "xmlrpc.server": "",
}
"""Modules that have another one's functions for a special case, or by chance: they are meant only
where they are imported. Module → the module that is meant otherwise; empty for any other."""

_EVERYDAY = frozenset(
    """
    batched choices comb concat count digits dist fill final gamma gauss match member move perm
    printable property purge sample seal search seed shorten uniform unique verify wrap
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Functions of much used modules that a program rather has of its own."""
_KNOWN = frozenset(
    """
    b64decode b64encode basename dirname getenv getpass glob heapify heappop heappush iglob
    makedirs mean median monotonic ngettext perf_counter pprint realpath sleep urlopen
    """.split()  # noqa: SIM905 - as above
)
"""Functions of other modules that everybody knows by name."""
_DISTINCT = 9
"""Names of so many characters are hardly anybody's but the module's that has them."""


def is_used(text: str, module: str) -> bool:
    """Whether a file imports a module, or takes something from it."""
    used = rf"^[ \t]*(?:import|from)[ \t]+{re.escape(module)}(?![\w.])"
    return re.search(used, text, re.MULTILINE) is not None


def is_everyday(wanted: Importable, text: str, *, preferred: bool) -> bool:
    """Whether a function of the standard library has too common a name to be guessed."""
    member = wanted.member
    if is_used(text, wanted.module):
        return False
    if preferred:
        return member in _EVERYDAY or wanted.module == "operator"
    return len(member) < _DISTINCT and member not in _KNOWN


def believable(
    names: Names, found: Sequence[Importable], text: str, span: Span
) -> tuple[Importable, ...]:
    """The functions that may be meant by the call at `span`; one when something decides.

    Args:
        names: knows what functions take.
        found: every way to import the name.
        text: the document.
        span: the name in it, in code points.
    """
    call = call_at(text, span)
    rivals = [one for one in found if _is_rival(one, text)]
    modules = {one.module for one in rivals}
    rivals = [one for one in rivals if not _is_variant(one, modules, text)]
    if call is not None and "asyncio" in modules:
        # Outside a coroutine its namesakes in `threading` and `time` are meant.
        rivals = _narrowed(rivals, [one for one in rivals if _waits(one) is call.awaited])
    if call is None or call.is_empty:
        return tuple(rivals)
    fitting = [
        one
        for one in rivals
        if not (known := names.takes(one.module, one.member)) or any(map(call.fits, known))
    ]
    rivals = _narrowed(rivals, fitting)
    return tuple(_narrowed(rivals, [one for one in rivals if is_used(text, one.module)]))


def _narrowed(rivals: list[Importable], better: list[Importable]) -> list[Importable]:
    return better or rivals


def _waits(one: Importable) -> bool:
    return one.module == "asyncio"


def _is_rival(one: Importable, text: str) -> bool:
    """Of installed packages, only those that the file knows: there are too many others."""
    if not one.member:
        return False
    top = one.module.partition(".")[0]
    return one.origin != "installed package" or is_used(text, top) or is_used(text, one.module)


def _is_variant(one: Importable, modules: set[str], text: str) -> bool:
    if is_used(text, one.module):
        return False
    meant = _VARIANTS.get(one.module)
    return meant is not None and (meant in modules or (not meant and len(modules) > 1))
