"""A contribution from end to end, with real git, a fork and an upstream that are folders, and a false `gh`."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from understudy.core.failures import (
    BadRequestError,
    FailureCategory,
    RefusedError,
    UnavailableError,
)
from understudy.learning.handed_over import given, prepare, prepared, steps
from understudy.learning.payload import Collected, Entry, hash_of, read_payload, write_payload
from understudy.learning.publishing import Published, planned, publish
from understudy.learning.shares import Count, Share
from understudy.learning.ways_out import FILE, branch_for, way_out

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.learning.handed_over import Payload

pytestmark = [
    pytest.mark.skipif(
        os.name == "nt", reason="Only on systems where a script can stand in for gh"
    ),
    pytest.mark.skipif(shutil.which("git") is None, reason="Only on systems with git"),
]

ENTRY = Entry(
    *(FailureCategory.LINT_FAILURE, "F401", "python", "anthropic/claude-haiku-4-5"),
    *("prompt_fragment", "Import what you use.", Count(9, 10), Count(1, 4)),
)
SHARE = Share(("lesson", "0123456789abcdef", ENTRY.model), ENTRY.inside, ENTRY.without)
WAY = way_out("others/lessons", "me/lessons")
GH = """\
#!{python}
import json, os, pathlib, sys
folder = pathlib.Path({folder!r})
with (folder / "gh.jsonl").open("a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
opened = folder / "opened.json"
if sys.argv[1:3] == ["pr", "list"]:
    print(opened.read_text() if opened.exists() else "[]")
elif sys.argv[1:3] == ["pr", "create"]:
    body = pathlib.Path(sys.argv[sys.argv.index("--body-file") + 1]).read_text()
    (folder / "body.md").write_text(body)
    found = [{{"url": "https://example.org/pull/7", "headRepositoryOwner": {{"login": "Me"}}}}]
    opened.write_text(json.dumps(found))
    print("https://example.org/pull/7")
else:
    sys.exit("gh: unknown")
"""


@dataclass
class World:
    """A fork and an upstream as folders, and what the programs were called with."""

    folder: Path

    def git(self, *arguments: str, where: str = "upstream.git") -> str:
        found = subprocess.run(
            ("git", *arguments), cwd=self.folder / where, check=True, capture_output=True, text=True
        )
        return found.stdout

    def gh(self) -> list[list[str]]:
        file = self.folder / "gh.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def branches(self) -> list[str]:
        return self.git("for-each-ref", "--format=%(refname:short)", where="fork.git").split()

    def file(self, branch: str, where: str = "fork.git") -> str:
        return self.git("show", f"{branch}:{FILE}", where=where)

    def take(self, branch: str) -> None:
        """What the upstream's owner does with a pull request."""
        self.git("fetch", "--quiet", str(self.folder / "fork.git"), f"+{branch}:main")

    def leftovers(self) -> list[str]:
        return [one.name for one in (self.folder / "tmp").iterdir()]

    def script(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path)
    for name in ("bin", "tmp", "upstream.git", "fork.git"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "gitconfig").write_text(
        "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
        f'[url "{tmp_path}/upstream.git"]\n\tinsteadOf = https://github.com/others/lessons.git\n'
        f'[url "{tmp_path}/fork.git"]\n\tinsteadOf = https://github.com/me/lessons.git\n',
        encoding="utf-8",
    )
    for name in ("upstream.git", "fork.git"):
        made.git("init", "--quiet", "--bare", "--initial-branch=main", where=name)
    tree = made.git("hash-object", "-t", "tree", "-w", os.devnull)
    commit = made.git("commit-tree", tree.strip(), "-m", "Begin").strip()
    made.git("update-ref", "refs/heads/main", commit)
    made.script("gh", GH.format(python=sys.executable, folder=str(tmp_path)))
    (tmp_path / "bin" / "git").symlink_to(str(shutil.which("git")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return made


def shown(entry: Entry = ENTRY) -> Payload:
    return prepare(write_payload(Collected((entry,))), (SHARE,))


def handed(payload: Payload) -> Published:
    return asyncio.run(publish(payload, WAY, None))


def test_a_pull_request_is_opened_from_the_fork(world: World) -> None:
    payload = shown()
    assert handed(payload) == Published("opened", "https://example.org/pull/7")
    branch = branch_for(payload.hash)
    assert world.branches() == [branch]
    kept = read_payload(world.file(branch))
    assert (kept.entries, kept.payloads) == ((ENTRY,), (payload.hash[:16],))
    _, create = world.gh()
    assert create[:10] == [
        *("pr", "create", "--repo", "others/lessons", "--base", "main"),
        *("--head", f"me:{branch}", "--title", "Lessons of failures"),
    ]
    assert payload.hash in (world.folder / "body.md").read_text()
    assert world.git("log", "-1", "--format=%an", branch, where="fork.git").strip() == "Ada"
    assert world.leftovers() == []
    assert steps(payload) == ("shown", "cloned", "committed", "pushed", "opened")


def test_the_same_again_updates_the_same_pull_request(world: World) -> None:
    payload = shown()
    handed(payload)
    assert handed(payload) == Published("updated", "https://example.org/pull/7")
    assert [one[1] for one in world.gh()] == ["list", "create", "list"]
    assert world.branches() == [branch_for(payload.hash)]
    assert given()[SHARE.key] == (SHARE.inside, SHARE.without)


def test_a_pull_request_of_somebody_else_is_not_taken_for_ours(world: World) -> None:
    other = [{"url": "https://example.org/pull/1", "headRepositoryOwner": {"login": "eve"}}]
    (world.folder / "opened.json").write_text(json.dumps(other))
    assert handed(shown()).what == "opened"


def test_what_the_upstream_has_already_is_nothing_new(world: World) -> None:
    payload = shown()
    handed(payload)
    world.take(branch_for(payload.hash))
    before = world.gh()
    assert handed(payload) == Published("nothing_new")
    assert world.gh() == before
    assert world.leftovers() == []


def test_runs_are_added_to_those_of_others_and_other_lessons_stay(world: World) -> None:
    first = shown()
    handed(first)
    world.take(branch_for(first.hash))
    other = replace(ENTRY, code="F841", words="Use every variable.")
    fresh = Collected((replace(ENTRY, inside=Count(6, 6)), other))
    second = prepare(write_payload(fresh), ())
    handed(second)
    kept = read_payload(world.file(branch_for(second.hash)))
    assert {one.code: one.inside for one in kept.entries} == {
        "F401": Count(15, 16),
        "F841": Count(9, 10),
    }
    assert set(kept.payloads) == {first.hash[:16], second.hash[:16]}


def test_without_gh_a_patch_is_written_and_nothing_is_sent(world: World) -> None:
    (world.folder / "bin" / "gh").unlink()
    payload = shown()
    done = handed(payload)
    assert (done.what, world.branches()) == ("patch", [])
    told = world.folder / "home" / "contributions" / f"{payload.hash[:16]}.md"
    assert done.where == str(told)
    assert "`gh` is not installed, so nothing was sent." in told.read_text()
    assert (handed(payload), given()) == (done, {SHARE.key: (SHARE.inside, SHARE.without)})
    clone = world.folder / "clone"
    world.git("clone", "--quiet", str(world.folder / "upstream.git"), str(clone))
    world.git("am", "--quiet", str(told.with_suffix(".patch")), where="clone")
    assert read_payload((clone / FILE).read_text()).entries == (ENTRY,)


def test_without_git_a_sentence_says_so(world: World) -> None:
    (world.folder / "bin" / "git").unlink()
    with pytest.raises(UnavailableError, match="`git` is not installed"):
        handed(shown())


def test_a_failure_leaves_nothing_behind_and_the_next_try_goes_on(world: World) -> None:
    payload = shown()
    world.script("gh", f"#!{sys.executable}\nimport sys\nsys.exit('gh: not logged in')\n")
    with pytest.raises(UnavailableError, match="not logged in"):
        handed(payload)
    assert (world.leftovers(), given()) == ([], {})
    assert steps(payload)[-2:] == ("pushed", "failed")
    world.script("gh", GH.format(python=sys.executable, folder=str(world.folder)))
    assert handed(payload).what == "opened"
    assert world.branches() == [branch_for(payload.hash)]


@pytest.mark.parametrize("held", ["no json", '{"form": "another/1", "lessons": []}', "[" * 90_000])
def test_an_upstream_with_something_else_in_its_file_is_left_alone(held: str, world: World) -> None:
    file = world.folder / "held"
    file.write_text(held)
    blob = world.git("hash-object", "-w", str(file)).strip()
    commit_file(world, f"100644 blob {blob}\t{FILE}\n")
    with pytest.raises(RefusedError, match="can't be merged with"):
        handed(shown())
    assert (world.branches(), world.leftovers()) == ([], [])


def test_a_link_in_the_upstream_is_not_followed(world: World) -> None:
    secret = world.folder / "secret"
    secret.write_text("/etc/passwd")
    blob = world.git("hash-object", "-w", str(secret)).strip()
    commit_file(world, f"120000 blob {blob}\t{FILE}\n")
    with pytest.raises(RefusedError, match="no plain file"):
        handed(shown())


def commit_file(world: World, entry: str) -> None:
    found = subprocess.run(
        ("git", "mktree"),
        cwd=world.folder / "upstream.git",
        input=entry,
        capture_output=True,
        text=True,
        check=True,
    )
    commit = world.git("commit-tree", found.stdout.strip(), "-p", "main", "-m", "More").strip()
    world.git("update-ref", "refs/heads/main", commit)


def test_the_plan_runs_nothing_and_tells_what_will_be_run(world: World) -> None:
    payload = shown()
    commands = planned(payload, WAY)
    assert [one[:2] for one in commands] == [
        *(("git", "clone"), ("git", "push"), ("gh", "pr"), ("gh", "pr")),
    ]
    assert (world.gh(), world.branches(), world.leftovers()) == ([], [], [])


def test_a_variable_that_names_a_repository_leads_nowhere(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    world.git("init", "--quiet", where="mine")
    before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
    monkeypatch.setenv("GIT_DIR", str(mine / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(mine))
    assert handed(shown()).what == "opened"
    assert {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()} == before


def test_bytes_that_were_changed_after_they_were_shown_are_refused(world: World) -> None:
    payload = shown()
    file = world.folder / "home" / "contributions" / f"{payload.hash}.json"
    file.write_text(payload.text.replace("Import", "Forget"))
    with pytest.raises(RefusedError, match="was changed after it was shown"):
        prepared(payload.hash)


@pytest.mark.parametrize("name", ["", "abc", "../../secret", "*" * 20, "f" * 64])
def test_a_hash_that_was_never_shown_is_refused(name: str, world: World) -> None:
    assert world.folder.is_dir()
    assert prepared(shown().hash[:12]).hash == hash_of(shown().text)
    with pytest.raises(BadRequestError, match="were shown"):
        prepared(name)
