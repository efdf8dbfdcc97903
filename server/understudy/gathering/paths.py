"""Paths below the workspace folder, as texts with `/`."""

from __future__ import annotations


def folder_of(path: str) -> str:
    """The folder of a file; empty for the workspace itself."""
    return path.rpartition("/")[0]


def stem_of(path: str) -> str:
    """A file's name without its last ending."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def joined(folder: str, tail: str) -> str | None:
    """A path from a folder on, `.` and `..` carried out; None where it leaves the workspace."""
    parts = folder.split("/") if folder else []
    for part in tail.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def folders_above(path: str) -> list[str]:
    """The folders that hold a file, the innermost first, the workspace itself last."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]


def nearness(one: str, other: str) -> float:
    """How near two files lie, from near 0 up to 1 for the same folder: the share of folders in common."""
    left, right = one.split("/")[:-1], other.split("/")[:-1]
    common = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        common += 1
    return (common + 1) / (max(len(left), len(right)) + 1)


def nearest_first(here: str, found: list[str]) -> list[str]:
    """Files by how near they lie to one, then by name."""
    return sorted(found, key=lambda path: (-nearness(here, path), path))
