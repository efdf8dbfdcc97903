from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.tidy import (
    make_cli_reference,
    make_commands_reference,
    make_failures_reference,
    make_journal_reference,
    make_providers_reference,
    make_repertoire_reference,
    make_strategies_reference,
    make_vendors,
)
from understudy.config import reference
from understudy.lsp import extensions
from understudy.lsp.commands import all_commands

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
MAKERS = (
    make_cli_reference,
    make_commands_reference,
    make_failures_reference,
    make_journal_reference,
    make_providers_reference,
    make_repertoire_reference,
    make_strategies_reference,
    make_vendors,
)


def stale(folder: Path) -> list[Path]:
    """The pages of the configuration that are missing or not what would be written now."""
    found = {folder / name: text for name, text in reference.pages().items()}
    return [
        path
        for path, text in found.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def test_the_configuration_reference_is_what_the_schema_says() -> None:
    names = [path.name for path in stale(FOLDER)]
    assert not names, (
        f"{', '.join(names)} in docs/reference is not what the schema says. Run `make generate`."
    )


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.PAGE.name)
def test_a_generated_page_is_what_its_maker_writes(maker: ModuleType) -> None:
    assert maker.PAGE.read_text(encoding="utf-8") == maker.markdown(), "Run `make generate`."


@pytest.mark.parametrize("command", all_commands().values(), ids=lambda one: one.id)
def test_the_example_of_a_command_is_one_that_the_server_takes(command: Any) -> None:
    sent = make_commands_reference.example(command)
    arguments: Any = sent["arguments"]
    assert extensions.read(command.arguments, command.id, arguments)


def test_a_changed_page_counts_as_stale(tmp_path: Path) -> None:
    page, schema = reference.write(tmp_path)
    assert stale(tmp_path) == []
    page.write_text("other", "utf-8")
    schema.unlink()
    assert stale(tmp_path) == [page, schema]
