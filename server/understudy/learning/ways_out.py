"""To whom lessons are handed over: names that can be nothing but names, wherever they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from understudy.core.failures import BadRequestError
from understudy.learning.payload import short

_HOST = "https://github.com/"
FILE = "lessons.json"
"""Where an upstream repository collects lessons."""
_REPOSITORY = re.compile(
    r"(?P<owner>[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?)/(?P<name>[A-Za-z0-9_][A-Za-z0-9._-]{0,99})"
)
_URL = re.compile(
    r"(?:https://[A-Za-z0-9][A-Za-z0-9.-]{0,250}(?::[0-9]{1,5})?/"
    r"|ssh://(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}@)?[A-Za-z0-9][A-Za-z0-9.-]{0,250}(?::[0-9]{1,5})?/"
    r"|[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}:"
    r"|file:///)"
    r"(?P<path>[A-Za-z0-9_~%+:][A-Za-z0-9._~%+:/-]{0,400})"
)


@dataclass(frozen=True, slots=True)
class Way:
    """From a fork of the user's to a repository of others.

    Attributes:
        upstream: `OWNER/REPO`.
        upstream_url / fork_url: where git finds them.
        owner: of the fork.
    """

    upstream: str
    upstream_url: str
    fork_url: str
    owner: str


def way_out(upstream: str, fork: str) -> Way:
    """The way that two names stand for.

    Args:
        upstream: `OWNER/REPO`; nobody is assumed.
        fork: `OWNER/REPO`, or an address by HTTPS, SSH or of a folder, without a password.

    Raises:
        BadRequestError: one of them is no such name, or both are the same.
    """
    if not _is_repository(upstream):
        raise BadRequestError(f"`{upstream}` is no `OWNER/REPO` for the upstream.")
    found = _REPOSITORY.fullmatch(fork) if _is_repository(fork) else None
    if found is not None:
        url, owner = f"{_HOST}{fork}.git", found["owner"]
    else:
        url, owner = fork, _owner(fork)
    upstream_url = f"{_HOST}{upstream}.git"
    if url.removesuffix(".git").casefold() == upstream_url.removesuffix(".git").casefold():
        raise BadRequestError("The fork and the upstream are the same.")
    return Way(upstream, upstream_url, url, owner)


def branch_for(digest: str) -> str:
    """The branch of a payload, the same each time it is handed over."""
    return f"understudy-lessons-{short(digest)}"


def _is_repository(text: str) -> bool:
    found = _REPOSITORY.fullmatch(text)
    return found is not None and not found["name"].endswith((".git", "."))


def _owner(url: str) -> str:
    found = _URL.fullmatch(url)
    parts = found["path"].split("/") if found is not None else []
    name = "/".join(parts[-2:]).removesuffix(".git")
    if ".." in parts or not _is_repository(name):
        raise BadRequestError(f"`{url}` is neither `OWNER/REPO` nor an address that ends with it.")
    return parts[-2]
