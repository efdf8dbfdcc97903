"""Hand a payload over as a pull request: one branch for one payload, whoever tries how often."""

from __future__ import annotations

import asyncio
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from understudy.core.failures import (
    BadRequestError,
    RefusedError,
    UnavailableError,
    UnderstudyError,
)
from understudy.core.plural import plural
from understudy.learning.handed_over import folder, note, note_given, refuse_outdated
from understudy.learning.outside_git import Outside, program
from understudy.learning.payload import Collected, added, read_payload, short, write_payload
from understudy.learning.state_files import write_state
from understudy.learning.ways_out import FILE, branch_for
from understudy.workspace.off_loop import held

if TYPE_CHECKING:
    from understudy.learning.handed_over import Payload
    from understudy.learning.ways_out import Way

_TITLE = "Lessons of failures"
_PLAIN_MODES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it.

    Attributes:
        what: `opened` and `updated` pull requests; `nothing_new` for the upstream; or a `patch`, since
            `gh` is not installed.
        where: the address of the pull request, or the path of the instructions; empty for nothing new.
    """

    what: Literal["opened", "updated", "nothing_new", "patch"]
    where: str = ""


def planned(payload: Payload, way: Way) -> tuple[tuple[str, ...], ...]:
    """The commands that reach out to others, as they will be run; nothing is run here."""
    branch = branch_for(payload.hash)
    return (
        _clone(way),
        _push(way, "<commit>", branch),
        _list(way, branch),
        _create(way, "<default branch>", branch, "<file>"),
    )


async def publish(payload: Payload, way: Way, root: Path | None) -> Published:
    """Merge a payload into the upstream's file, push that to the fork, and ask for it to be taken.

    Everything happens in a folder that is made for it and goes with it; no workspace is touched. Each
    step can be done again: what is there already is found.

    Args:
        payload: which the user saw and confirmed.
        way: from whose fork to which repository.
        root: a workspace folder, whose programs don't count.

    Raises:
        RefusedError: the upstream's file can't be merged with, or runs would be counted twice.
        UnavailableError: git or gh failed, or git is not installed.
    """
    await asyncio.to_thread(refuse_outdated, payload)
    git = await asyncio.to_thread(program, "git", root)
    gh = await asyncio.to_thread(program, "gh", root)
    if not git:
        raise UnavailableError("`git` is not installed, so the lessons can't be handed over.")
    async with held(tempfile.TemporaryDirectory(prefix="understudy-lessons-")) as made:
        try:
            return await _Work(payload, way, Outside(git, gh, Path(made))).done()
        except UnderstudyError as failure:
            await asyncio.to_thread(_note, payload, "failed", why=str(failure))
            raise


class _Work:
    def __init__(self, payload: Payload, way: Way, outside: Outside) -> None:
        self._payload, self._way, self._outside = payload, way, outside
        self._repository = Outside(outside.git, outside.gh, outside.folder / "repository")
        self._branch = branch_for(payload.hash)

    async def done(self) -> Published:
        await self._outside.run(_clone(self._way))
        await self._note("cloned", upstream=self._way.upstream)
        text = await self._merged()
        if not text:
            await asyncio.to_thread(note_given, self._payload)
            await self._note("nothing_new")
            return Published("nothing_new")
        commit = await self._committed(text)
        if not self._outside.gh:
            patch = await self._repository.run(("git", "format-patch", "-1", "--stdout", commit))
            where = await asyncio.to_thread(_write_patch, self._payload, self._way, patch)
            await asyncio.to_thread(note_given, self._payload)
            await self._note("patch", where=where)
            return Published("patch", where)
        await self._repository.run(_push(self._way, commit, self._branch))
        await self._note("pushed", branch=self._branch)
        return await self._asked()

    async def _merged(self) -> str:
        """The upstream's file with the payload in it; empty when it is there already."""
        listed = await self._repository.run(("git", "ls-tree", "HEAD", "--", FILE))
        known = Collected()
        if listed.strip():
            mode, kind, blob = listed.split("\t")[0].split()
            if kind != "blob" or mode not in _PLAIN_MODES:
                raise RefusedError(f"`{FILE}` of {self._way.upstream} is no plain file.")
            known = self._read(await self._repository.run(("git", "cat-file", "blob", blob)))
        now = added(known, self._payload.text)
        return "" if now == known else write_payload(now)

    def _read(self, text: str) -> Collected:
        try:
            return read_payload(text)
        except BadRequestError as failure:
            message = f"`{FILE}` of {self._way.upstream} can't be merged with. {failure}"
            raise RefusedError(message) from failure

    async def _committed(self, text: str) -> str:
        """A commit on top of the upstream's, without files: nothing in it is ever run or followed."""
        run = self._repository.run
        blob = (await run(("git", "hash-object", "-w", "--stdin"), text)).strip()
        await run(("git", "read-tree", "HEAD"))
        await run(("git", "update-index", "--add", "--cacheinfo", f"100644,{blob},{FILE}"))
        tree = (await run(("git", "write-tree"))).strip()
        message = f"{_TITLE} ({short(self._payload.hash)})"
        commit = await run(("git", "commit-tree", tree, "-p", "HEAD", "-m", message))
        await self._note("committed")
        return commit.strip()

    async def _asked(self) -> Published:
        """The pull request of the branch: the open one, which has just been updated, or a new one."""
        told = await self._outside.run(_list(self._way, self._branch))
        url = _open_one(told, self._way.owner)
        if url:
            await asyncio.to_thread(note_given, self._payload)
            await self._note("updated", url=url)
            return Published("updated", url)
        branch = await self._repository.run(("git", "symbolic-ref", "--short", "HEAD"))
        file = self._outside.folder / "message.md"
        await asyncio.to_thread(file.write_text, _message(self._payload), encoding="utf-8")
        create = _create(self._way, branch.strip(), self._branch, str(file))
        told = await self._outside.run(create)
        await asyncio.to_thread(note_given, self._payload)
        url = told.strip().split("\n")[-1]
        await self._note("opened", url=url)
        return Published("opened", url)

    async def _note(self, step: str, **about: str) -> None:
        await asyncio.to_thread(_note, self._payload, step, **about)


def _note(payload: Payload, step: str, **about: str) -> None:
    note(payload, step, **about)


def _clone(way: Way) -> tuple[str, ...]:
    options = ("--quiet", "--no-checkout", "--no-tags", "--depth=1", "--template=")
    return ("git", "clone", *options, "--", way.upstream_url, "repository")


def _push(way: Way, commit: str, branch: str) -> tuple[str, ...]:
    """The branch is ours alone, so what it pointed to may go."""
    return (
        "git",
        "push",
        "--quiet",
        "--force",
        "--",
        way.fork_url,
        f"{commit}:refs/heads/{branch}",
    )


def _list(way: Way, branch: str) -> tuple[str, ...]:
    which = ("--repo", way.upstream, "--head", branch, "--state", "open")
    return ("gh", "pr", "list", *which, "--json", "url,headRepositoryOwner")


def _create(way: Way, base: str, branch: str, file: str) -> tuple[str, ...]:
    where = ("--repo", way.upstream, "--base", base, "--head", f"{way.owner}:{branch}")
    return ("gh", "pr", "create", *where, "--title", _TITLE, "--body-file", file)


def _open_one(told: str, owner: str) -> str:
    """The address of the pull request that comes from the user's own fork; empty for none."""
    try:
        found = json.loads(told or "[]")
    except (ValueError, RecursionError):
        raise UnavailableError("`gh pr list` answered something else than JSON.") from None
    for one in found if isinstance(found, list) else ():
        match one:
            case {"url": str() as url, "headRepositoryOwner": {"login": str() as login}}:
                if login.casefold() == owner.casefold():
                    return url
            case _:
                continue
    return ""


def _message(payload: Payload) -> str:
    count = plural(len(read_payload(payload.text).entries), "lesson")
    return (
        f"{count} of failures of models, with how often each was used and went well.\n\n"
        f"They are merged into `{FILE}` by their fingerprints; runs are added up.\n\n"
        f"SHA-256 of what was handed over: `{payload.hash}`\n"
    )


def _write_patch(payload: Payload, way: Way, patch: str) -> str:
    """Write the patch and what to do with it; returns the path of the latter."""
    base = folder() / f"{short(payload.hash)}"
    file, told = base.with_suffix(".patch"), base.with_suffix(".md")
    text = (
        f"# Hand lessons over to {way.upstream}\n\n`gh` is not installed, so nothing was sent."
        " To do it by hand:\n\n"
        f"1. In a clone of your fork, {way.fork_url}, run `git switch -c {branch_for(payload.hash)}`.\n"
        f"2. Run `git am < {file}`.\n3. Push the branch, and open a pull request to {way.upstream}.\n\n"
        "The runs in it count as handed over, and are left out of what comes next. To have the same"
        f" again, use `--confirm {short(payload.hash)}`.\n"
    )
    write_state(file, patch)
    write_state(told, text)
    return str(told)
