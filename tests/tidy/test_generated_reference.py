from __future__ import annotations

from pathlib import Path

from understudy.config import reference

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def test_the_configuration_reference_is_what_the_schema_says() -> None:
    names = [path.name for path in reference.stale(FOLDER)]
    assert not names, (
        f"{', '.join(names)} in docs/reference is not what the schema says. Run `make generate`."
    )


def test_a_changed_page_counts_as_stale(tmp_path: Path) -> None:
    page, schema = reference.write(tmp_path)
    assert reference.stale(tmp_path) == []
    page.write_text("other", "utf-8")
    schema.unlink()
    assert reference.stale(tmp_path) == [page, schema]
