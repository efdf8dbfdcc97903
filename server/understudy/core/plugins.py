"""Load a plug-in folder: one file, one value."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from types import ModuleType

log = logging.getLogger("understudy.plugins")

T = TypeVar("T")


class PluginError(Exception):
    """A file of a plug-in folder does not hold what the folder demands."""


def load_folder(package: ModuleType, name: str, kind: type[T]) -> dict[str, T]:
    """Import every module of `package` and collect its one value called `name`, by its `id`.

    Args:
        package: the folder as an imported package.
        name: the constant that each module must define, such as `"CHECKER"`.
        kind: the type which that constant must have.

    Raises:
        PluginError: when a module lacks the constant, when it has another type, or when two
            modules use one id.
    """
    kinds: Any = kind
    found = _load(package.__name__, tuple(package.__path__), name, kinds)
    return dict(cast("dict[str, T]", found))


def load_installed(group: str, kind: type[T]) -> dict[str, T]:
    """What other installed packages bring, by its `id`: one value for each of their entry points.

    A package that breaks, or brings something else, is logged and left out.

    Args:
        group: the group of entry points that such packages name.
        kind: the type that a value must have.
    """
    kinds: Any = kind
    return dict(cast("dict[str, T]", _installed(group, kinds)))


@cache
def _installed(group: str, kind: type[Any]) -> dict[str, Any]:
    from importlib.metadata import entry_points

    found: dict[str, Any] = {}
    for point in sorted(entry_points(group=group), key=lambda one: one.name):
        try:
            value = point.load()
        except Exception:  # the door of other packages: one that breaks must not stop a run
            log.exception("The entry point %s of %s can't be loaded.", point.name, group)
            continue
        if isinstance(value, kind):
            found[value.id] = value
        else:
            log.warning("The entry point %s of %s is no %s.", point.name, group, kind.__name__)
    return found


@cache
def _load(package: str, paths: tuple[str, ...], name: str, kind: type[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for info in sorted(pkgutil.iter_modules(paths), key=lambda info: info.name):
        module = importlib.import_module(f"{package}.{info.name}")
        value = getattr(module, name, None)
        if not isinstance(value, kind):
            raise PluginError(f"`{module.__name__}` must define `{name}` as a {kind.__name__}.")
        if value.id in found:
            raise PluginError(f"Two files of `{package}` use the id `{value.id}`.")
        found[value.id] = value
    return found
