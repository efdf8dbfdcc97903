"""Which files an index leaves out, and why, as far as ignore files do not say it."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from understudy.workspace.secret_files import holds_secrets
from understudy.workspace.source_files import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path

MAX_LINE_CHARS = 5_000
SECRET, LOCK, LARGE = "holds secrets by its name", "lock file", "larger than 1 MB"
BINARY, MINIFIED, GENERATED = "binary", "minified", "generated"
VENDORED, UNREADABLE, ODD_NAME = "vendored", "unreadable", "its name is no text"

_LOCKS = frozenset(
    {"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lockb"}
    | {"cargo.lock", "poetry.lock", "pdm.lock", "uv.lock", "pipfile.lock", "composer.lock"}
    | {"gemfile.lock", "go.sum", "flake.lock", "packages.lock.json", "gradle.lockfile", "mix.lock"}
)
_GENERATED_NAMES = (
    *("*_pb2.py", "*_pb2_grpc.py", "*_pb2.pyi", "*.pb.go", "*.pb.cc", "*.pb.h", "*_grpc.pb.go"),
    *("*.g.ts", "*.generated.*", "*_generated.go", "zz_generated.*", "*.min.js", "*.min.css"),
    *("*.bundle.js", "*-min.js", "moc_*.cpp", "ui_*.h"),
)
_GENERATED_NAME = re.compile("|".join(map(translate, _GENERATED_NAMES)))
_GENERATED = re.compile(
    rb"@generated\b|\b(?:code|file|automatically|auto-?) ?generated\b[^\n]{0,200}"
    rb"\bdo not (?:edit|modify)|\bdo not (?:edit|modify)\b[^\n]{0,200}\b(?:auto)?generated\b"
    rb"|\bgenerated (?:by|from)\b[^\n]{0,200}\bdo not (?:edit|modify)",
    re.IGNORECASE,
)
_COMMENTED = re.compile(rb"(?m)^\s*(?:#|//|/?\*|--|<!--|\"\"\"|;)[^\n]*")
_LOOK_FOR_GENERATED = 2_048
_LOOK_FOR_NULL = 8 * 1024
_VENDORED_FOLDERS = frozenset(
    {"bower_components", "jspm_packages", "Pods", "Carthage", "web_modules", "_vendor", "_vendored"}
    | {"third_party", "third-party", "thirdparty", "3rdparty"}
)
_VENDOR, _VENDOR_SIGNS = "vendor", ("modules.txt", "autoload.php", "bundle", "vendor.txt")
_VENDOR_SIGNS_BESIDE = ("go.mod", "composer.json", "Gemfile", "Cargo.toml")
"""What has its packages in a folder `vendor` beside it, where nothing else is called so."""


@lru_cache(maxsize=8_192)
def reason_by_name(path: str) -> str:
    """Why a file is left out for its name; empty when it is not. `path` is below the workspace."""
    pure = PurePosixPath(path)
    if holds_secrets(pure):
        return SECRET
    name = pure.name.casefold()
    if name in _LOCKS:
        return LOCK
    return GENERATED if _GENERATED_NAME.match(name) else ""


def reason_by_contents(raw: bytes) -> str:
    """Why a file is left out for what it holds; empty when it is not.

    Args:
        raw: all of it; of one that is larger than `MAX_BYTES`, more than that.
    """
    if len(raw) > MAX_BYTES:
        return LARGE
    if b"\0" in raw[:_LOOK_FOR_NULL]:
        return BINARY
    if _is_generated(raw[:_LOOK_FOR_GENERATED]):
        return GENERATED
    return MINIFIED if _has_long_line(raw) else ""


def _is_generated(head: bytes) -> bool:
    if b"generated" not in head.lower():
        return False
    return _GENERATED.search(b"\n".join(_COMMENTED.findall(head))) is not None


def is_vendored(folder: Path) -> bool:
    """Whether a folder holds other people's packages. Looks at the disk for some names."""
    if folder.name == _VENDOR:
        signs = [folder / sign for sign in _VENDOR_SIGNS]
        return any(one.exists() for one in (*signs, *map(folder.with_name, _VENDOR_SIGNS_BESIDE)))
    return folder.name in _VENDORED_FOLDERS


def _has_long_line(raw: bytes) -> bool:
    """Whether a line is longer than `MAX_LINE_CHARS`. Looks for the last end in each so many bytes."""
    start = 0
    while len(raw) - start > MAX_LINE_CHARS:
        stop = start + MAX_LINE_CHARS + 1
        end = max(raw.rfind(b"\n", start, stop), raw.rfind(b"\r", start, stop))
        if end < 0:
            return True
        start = end + 1
    return False
