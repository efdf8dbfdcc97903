from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.config import options, schema, tool_options
from understudy.config.assembly import flatten
from understudy.config.own_checkers import OWN_KEYS
from understudy.config.settings import CheckerSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


def _fields(table: type[schema.Table]) -> Iterator[FieldInfo]:
    for field in table.model_fields.values():
        yield field
        inner = schema.table_of(field) or schema.entry_of(field)
        if isinstance(inner, type) and issubclass(inner, schema.Table):
            yield from _fields(inner)


def test_every_key_is_described_in_full_sentences() -> None:
    descriptions = [field.description for field in _fields(options.Options)]
    assert len(descriptions) > 15
    assert all(
        (text and text.endswith((".", "`."))) or (text and ":" in text) for text in descriptions
    )


def test_the_schema_has_the_same_keys_as_the_settings() -> None:
    settings = Settings()
    for name, field in options.Options.model_fields.items():
        table = schema.table_of(field)
        if table is not None:
            assert set(table.model_fields) == {
                item.name
                for item in fields(getattr(settings, name))
                if item.name != "command_from_workspace"
            }
    assert set(options.Options.model_fields) == {item.name for item in fields(settings)}
    ours = {item.name for item in fields(CheckerSettings)} - {"command_from_workspace"}
    assert set(tool_options.CheckerOptions.model_fields) == ours
    usual = {path[2] for path, _ in flatten(settings, ("x",)) if path[0] == "checkers"}
    assert usual == ours - set(OWN_KEYS)
    own = CheckerSettings(command=("x",), languages=frozenset({"c"}), output="sarif")
    described = flatten(replace(settings, checkers=MappingProxyType({"x": own})))
    assert {path[2] for path, _ in described if path[0] == "checkers"} == ours


def test_importing_settings_trust_and_policy_does_not_import_pydantic() -> None:
    program = (
        "import sys, understudy.config.settings, understudy.config.trust,"
        " understudy.config.source, understudy.cli\n"
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
