"""What the pages of docs/editors tell people to write is what `understudy setup` writes."""

from __future__ import annotations

import re

import pytest

from tests.tidy.tree import ROOT
from understudy.editors import Client, Server, all_editors

PAGES = ("emacs", "helix", "kate", "sublime", "vim", "zed")
CLIENTS = [(page, client) for page in PAGES for client in all_editors()[page].clients]
BLOCK = re.compile(r"^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (ROOT / "docs" / "editors" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "client"), CLIENTS, ids=[f"{name} {client.id}" for name, client in CLIENTS]
)
def test_a_page_shows_what_setup_prints(name: str, client: Client) -> None:
    program = "/path/to/understudy" if client.full_path else "understudy"
    snippet = client.form.snippet(Server((program, "serve"), ("python",)))
    assert snippet in BLOCK.findall(page(name))


@pytest.mark.parametrize("name", sorted(all_editors()))
def test_every_editor_has_a_page_that_names_the_command(name: str) -> None:
    if name in PAGES:
        assert f"$ understudy setup {name} --write\n" in page(name)
    assert page(name).startswith("# ")
