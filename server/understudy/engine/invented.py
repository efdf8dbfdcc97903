"""Whether a model made up what a checker does not know: a name, a module, or a part of one.

A checker's word alone is no proof. A name can be spelt right and lack its import, a module can
be meant for another environment, and a class can have lost its bases on the way. So what counts as
invented stands in no source that could hold it, and where not all of those can be looked at,
nothing is claimed.
"""

from __future__ import annotations

import builtins
import re
import sys
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from understudy.context.exports import exports_of
from understudy.context.mentions import is_mentioned, is_mentioned_below, sources_in
from understudy.context.modules import modules_in, stdlib_folder
from understudy.context.names import ALIASES, Names
from understudy.context.nearness import near
from understudy.context.scopes import scopes_of
from understudy.context.stdlib import homes, stdlib_modules
from understudy.context.unknown import unknown_in
from understudy.failures.proof import hallucinated
from understudy.workspace.python_env import find_environment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from understudy.context.unknown import Unknown
    from understudy.core.failures import Failure
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

_MOST_NEAR = 3
_VARYING = frozenset({"errno", "os", "select", "signal", "socket", "time"})
"""Standard modules that have other names on other systems; the sources that use those name them."""
_PRIVATE_SOURCES = frozenset({"site-packages", "dist-packages", "test", "tests", "idlelib"})
_CLASSES = tuple(value for value in vars(builtins).values() if isinstance(value, type))
_STATEMENT = re.compile(r"^[ \t]*from[ \t]+(?P<dots>\.*)(?P<module>[\w.]*)[ \t]+import\b")
_IMPORTED = re.compile(r"^[ \t]*(import|from)[ \t]+([^\W\d][^\n\r#;]*)", re.MULTILINE)


def invented(found: Diagnostic, before: View, after: str) -> Failure | None:
    """The failure that a new diagnostic is, if a model made up what it is about; else None.

    Its message says what does not exist, and what has a similar name. Reads folders and files, of
    an environment many: it may take a second, and blocks.

    Args:
        found: a diagnostic of the new text that the old text did not have.
        before: the document as the model was shown it.
        after: the text with the model's edit.

    Raises:
        StoppedError: when nobody waits for the answer any more.
    """
    unknown = unknown_in(found) if before.language == "python" else None
    if unknown is None:
        return None
    known = _Known(replace(before, text=after), found, unknown)
    failure = hallucinated(unknown.name.lstrip("."), before.text, after, known.exists)
    return failure and replace(failure, message=known.told())


@dataclass
class _Known:
    """What is known that could be meant by something unknown in a text."""

    view: View
    found: Diagnostic
    unknown: Unknown

    @cached_property
    def _names(self) -> Names:
        return Names(self.view, self.view.environment)

    @cached_property
    def _installed(self) -> tuple[Path, ...] | None:
        """The folders of installed packages; None without an environment."""
        environment = find_environment(self.view.root, self.view.environment)
        return environment.site_packages if environment is not None else None

    def exists(self, name: str) -> bool:
        """Whether the name is there, or may be."""
        if self.unknown.kind == "module":
            return self._has_module(name)
        if self.unknown.kind == "name":
            return self._has_name(name)
        if self.unknown.owner:
            return self._has_attribute(name)
        return self._has_symbol(name)

    def told(self) -> str:
        """What does not exist, and what else does, in words."""
        name, owner = self.unknown.name, self.unknown.module or self.unknown.owner
        if self.unknown.kind in ("name", "module"):
            what = "a module" if self.unknown.kind == "module" else "a name"
            text = f"`{name}` is {what} that exists nowhere"
        else:
            text = f"`{owner or 'Its module'}` has no `{name}`, and nothing else has"
        others = [f"`{one}`" for _, one in near(name, self._others())[:_MOST_NEAR]]
        return f"{text}; similar ones are {', '.join(others)}." if others else f"{text}."

    def _others(self) -> Iterable[str]:
        unknown, names = self.unknown, self._names
        if unknown.kind == "module":
            return names.modules()
        if unknown.kind == "name":
            return (*names.in_scope(self.found.span.start), *dir(builtins))
        if unknown.owner:
            return names.members(unknown.owner)
        return self._of_module() or ()

    def _has_name(self, name: str) -> bool:
        scopes = scopes_of(self.view.text)
        bound = (one.name for at in range(len(scopes.scopes)) for one in scopes.bound_in(at))
        return (
            hasattr(builtins, name)
            or name in ALIASES
            or name in bound
            or bool(homes(name))
            or name in self._names.modules()
            or self._is_mentioned_here(name)
            or self._may_be_installed(name)
        )

    def _has_module(self, name: str) -> bool:
        written = self.unknown.name
        dots = len(written) - len(written.lstrip("."))
        if dots:
            head = name.partition(".")[0]
            path = self.view.path
            return path is None or self._names.neighbour(dots, head) is not None
        if self._names.exists(name):
            return True
        parts = name.split(".")
        heads = (".".join(parts[: place + 1]) for place in range(len(parts)))
        place = next((at for at, head in enumerate(heads) if not self._names.exists(head)), 0)
        if self._installed is None and (place == 0 or parts[0] not in stdlib_modules()):
            return True
        return self._is_mentioned_here(parts[place]) or self._may_be_installed(parts[place])

    def _has_symbol(self, name: str) -> bool:
        known = self._of_module()
        if known is None or name in known:
            return True
        module = self.unknown.module or self._statement()[1]
        varies = module.partition(".")[0] in _VARYING
        sources = sources_in([stdlib_folder()], but=_PRIVATE_SOURCES) if varies else ()
        return is_mentioned(name, sources)

    def _has_attribute(self, name: str) -> bool:
        known = self._names.all_members(self.unknown.owner)
        return (
            known is None
            or name in known
            or any(hasattr(one, name) for one in _CLASSES)
            or self._is_mentioned_here(name)
        )

    def _of_module(self) -> frozenset[str] | None:
        """Every name of the module that lacks one; None when those are not all known."""
        if self.unknown.module:
            return self._names.accepted(self.unknown.module)
        dots, module = self._statement()
        if not dots:
            return self._names.accepted(module) if module else None
        path = self._names.neighbour(dots, module)
        exports = exports_of(path) if path is not None and path.is_file() else None
        if path is None or exports is None or exports.stars:
            return None
        inside = modules_in(path.parent) if path.stem == "__init__" else frozenset()
        return exports.bound | (exports.declared or frozenset()) | inside

    def _statement(self) -> tuple[int, str]:
        """`(dots, module)` of the import that the diagnostic marks; nothing elsewhere."""
        lines = self.view.text[: self.found.span.start].replace("\r", "\n").split("\n")
        for line in reversed(lines[-50:]):
            found = _STATEMENT.match(line)
            if found is not None:
                return len(found["dots"]), found["module"]
        return 0, ""

    def _is_mentioned_here(self, name: str) -> bool:
        """Whether the workspace has the word, saved or not."""
        book = self.view.notebook
        cells = (*book.earlier, *book.later) if book is not None else ()
        if any(name in text for text in (*cells, *(one.text for one in self.view.beside))):
            return True
        sources = self._names.sources()
        return sources is None or is_mentioned(name, sources)

    def _may_be_installed(self, name: str) -> bool:
        """Whether a package has the word; without an environment, whether any could have it."""
        if self._installed is not None:
            return is_mentioned_below(name, self._installed)
        others = _imported(self.view.text) - sys.stdlib_module_names
        return any(self._names.origin(top) != "workspace" for top in others)


def _imported(text: str) -> set[str]:
    """The top-level modules that a text imports, by their looks."""
    found: set[str] = set()
    for how, rest in _IMPORTED.findall(text):
        modules = rest.split(",") if how == "import" else [rest]
        found.update(re.split(r"[\s.]", module.strip(), maxsplit=1)[0] for module in modules)
    return found
