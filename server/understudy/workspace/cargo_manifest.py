"""What a `Cargo.toml` says: its dependencies, and what of it runs while a package is checked.

The format: "The Manifest Format" in the Cargo book. What is not known here counts as running code.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Table = dict[str, Any]

_MAX_BYTES = 1024 * 1024
_PACKAGE = frozenset(
    {
        *("name", "version", "authors", "edition", "rust-version", "description", "documentation"),
        *("readme", "homepage", "repository", "license", "license-file", "keywords", "categories"),
        *("publish", "metadata", "default-run", "autolib", "autobins", "autoexamples", "autotests"),
        *("autobenches", "resolver", "include", "exclude"),
    }
)
_TARGET = frozenset(
    {
        *("name", "path", "test", "doctest", "bench", "doc", "harness", "edition", "crate-type"),
        *("required-features", "doc-scrape-examples"),
    }
)
_PROFILE = frozenset(
    {
        *("opt-level", "debug", "split-debuginfo", "strip", "debug-assertions", "overflow-checks"),
        *("lto", "panic", "incremental", "codegen-units", "rpath", "inherits"),
    }
)
_WORKSPACE = frozenset(
    {*("members", "exclude", "default-members", "resolver", "package", "lints", "metadata")}
)
_LEADS_OUT = re.compile(r"^[\\/]|:|(?:^|[\\/])\.\.(?:[\\/]|$)")
_FREE = frozenset({"features", "lints", "badges"})
_TARGETS = ("bin", "example", "test", "bench")


def read_toml(path: Path) -> Table | None:
    """The whole file; None when it can't be read or does not parse."""
    try:
        content = read_plain(path, _MAX_BYTES + 1)
        return None if len(content) > _MAX_BYTES else tomllib.loads(content.decode())
    except (OSError, ValueError, RecursionError):
        return None


def is_plain(manifest: Table) -> bool:
    """Whether everything in a manifest is known, and none of it runs or names what is run."""
    return all(key in _FREE or _is_plain_part(key, manifest[key]) for key in manifest)


def _is_plain_part(key: str, value: object) -> bool:
    if key in _TARGETS:
        return isinstance(value, list) and all(_is_known(one, _TARGET) for one in value)
    if key == "package":
        return _is_known(value, _PACKAGE, build=False)
    if key == "lib":
        return _is_known(value, _TARGET) and not is_proc_macro({"lib": value})
    if key == "profile":
        return isinstance(value, dict) and all(map(_is_plain_profile, value.values()))
    return key == "workspace" and _is_plain_workspace(value)


def _is_known(table: object, keys: frozenset[str], **usual: object) -> bool:
    """Whether a table has these keys alone, and others only with the value that means nothing."""
    return isinstance(table, dict) and all(
        key in keys or (key in usual and table[key] is usual[key]) for key in table
    )


def _is_plain_profile(table: object) -> bool:
    if not isinstance(table, dict):
        return False
    own = {key: value for key, value in table.items() if key not in {"package", "build-override"}}
    packages = table.get("package", {})
    if not isinstance(packages, dict):
        return False
    inner = (own, table.get("build-override", {}), *packages.values())
    return all(_is_known(one, _PROFILE) for one in inner)


def _is_plain_workspace(table: object) -> bool:
    """Members that lie elsewhere bring manifests that nobody looked at."""
    if not isinstance(table, dict) or not _is_known(table, _WORKSPACE):
        return False
    lists = [table.get(key, []) for key in ("members", "default-members")]
    if not all(isinstance(one, list) for one in lists):
        return False
    named = [one for each in lists for one in each]
    return all(isinstance(one, str) and _LEADS_OUT.search(one) is None for one in named)


def is_proc_macro(manifest: Table) -> bool:
    """Whether the compiler runs the package when something uses it; in doubt it does."""
    lib = manifest.get("lib", {})
    if not isinstance(lib, dict):
        return True
    kinds = lib.get("crate-type", lib.get("crate_type", ()))
    return bool(
        lib.get("proc-macro") or lib.get("proc_macro") or lib.get("plugin")
    ) or "proc-macro" in (kinds if isinstance(kinds, (list, tuple, str)) else ("proc-macro",))


def build_scripts(manifest: Table) -> tuple[str, ...]:
    """The build scripts that a package has, where their files exist, by paths from its folder.

    Raises:
        ValueError: when that can't be told.
    """
    package = manifest.get("package", manifest.get("project", {}))
    if not isinstance(package, dict) or "metabuild" in package:
        raise ValueError("it has a build script of an unknown kind")
    build = package.get("build", "build.rs")
    if build is False:
        return ()
    named = ["build.rs"] if build is True else build if isinstance(build, list) else [build]
    if not all(isinstance(one, str) for one in named):
        raise ValueError("it names its build script in an unknown way")
    return tuple(named)


def dependencies(manifest: Table, *kinds: str) -> Iterator[tuple[str, Table]]:
    """Each dependency of some kinds (`""`, `"build-"`, `"dev-"`) under the name that it is used by.

    Raises:
        ValueError: when one is of a shape that is not known.
    """
    targets = _table(manifest.get("target", {}))
    for place in (manifest, *map(_table, targets.values())):
        for kind in kinds:
            for key in {f"{kind}dependencies", f"{kind}dependencies".replace("-", "_")}:
                for name, said in _table(place.get(key, {})).items():
                    yield name, {"version": said} if isinstance(said, str) else _table(said)


def patches(manifest: Table) -> Iterator[Table]:
    """What stands in the place of packages from elsewhere, also in `.cargo/config.toml`.

    Raises:
        ValueError: when one is of a shape that is not known.
    """
    for key in ("patch", "replace"):
        for said in _table(manifest.get(key, {})).values():
            entries = _table(said).values() if key == "patch" else [said]
            yield from ({} if isinstance(one, str) else _table(one) for one in entries)


def _table(value: object) -> Table:
    if not isinstance(value, dict):
        raise ValueError("it holds something of an unknown shape")  # noqa: TRY004 - the file is at fault
    return value
