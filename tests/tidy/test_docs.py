"""Pages name only what exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.tidy.tree import PACKAGE, ROOT, fenced, files, prose, text

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [path for path in files() if path.suffix == ".md" and path.parts[0] != "tests"]
LINK = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    targets = [inline or reference for inline, reference in LINK.findall(prose(page))]
    local = [target.partition("#")[0] for target in targets if ":" not in target]
    missing = [to for to in local if to and not (ROOT / page.parent / to).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_to_a_heading_leads_to_one(page: Path) -> None:
    targets = [inline or reference for inline, reference in LINK.findall(prose(page))]
    for target in targets:
        path, _, heading = target.partition("#")
        if ":" in target or not heading:
            continue
        there = (ROOT / page.parent / path).resolve().relative_to(ROOT) if path else page
        assert heading in headings(there), target


def headings(page: Path) -> set[str]:
    """Anchors as code hosts derive them: lower case, no punctuation, hyphens for blanks."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    known = set(TARGET.findall(text(ROOT / "Makefile") or ""))
    named = set(re.findall(r"`make (?:\w+=\S+ )*([a-z-]+)", prose(page)))
    for block in fenced(page):
        named |= set(re.findall(r"^\$? ?make (?:\w+=\S+ )*([a-z-]+)", block, re.MULTILINE))
    assert named <= known


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    assert rooms
    assert not [room for room in rooms if f"{room}/" not in page]


def test_the_change_log_can_be_written_by_towncrier() -> None:
    assert "<!-- release notes start -->\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_change_fragment_has_a_known_type() -> None:
    fragments = [path for path in files() if path.parts[0] == "changes"]
    names = [path.name for path in fragments if path.name not in {"README.md", ".gitignore"}]
    known = re.compile(r"[\w+.-]+\.(?:added|changed|fixed|security)\.md")
    assert not [name for name in names if not known.fullmatch(name)]
