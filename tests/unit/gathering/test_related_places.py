"""Places in other files that a diagnostic points at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.gathering.places import candidates, of_tier
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Related

if TYPE_CHECKING:
    import pytest

FILES = {
    "shop/rates.py": "LEAST = 3\n\n\ndef rate(a, b):\n    return a * b\n\n\ndef other():\n    pass\n",
    "main.py": "def run(x):\n    return x\n",
}


def pointing(*uris: str, line: int = 4) -> Diagnostic:
    related = tuple(Related(uri, (line, 4), (line, 8), "declared here") for uri in uris)
    return Diagnostic("tool", "E1", "no", Span(0, 3), related=related)


def test_a_definition_that_a_diagnostic_points_at_is_required(tmp_path: Path) -> None:
    problem = pointing((tmp_path / "shop/rates.py").as_uri())
    found = candidates(FILES, "main.py", problems=[problem], root=tmp_path)
    (item,) = of_tier(found, "required_types").values()
    assert (item.path, item.name, item.required) == ("shop/rates.py", "rate", True)
    assert item.reasons == ("holds line 5, which the diagnostic points to",)


def test_places_outside_of_the_folder_and_of_definitions_are_passed_over(tmp_path: Path) -> None:
    problems = [
        pointing("file:///elsewhere/rates.py", "untitled:1", "no address", "file://host/x.py"),
        pointing((tmp_path / "shop/rates.py").as_uri(), line=10_000),
        pointing((tmp_path / "shop/gone.py").as_uri()),
    ]
    found = candidates(FILES, "main.py", problems=problems, root=tmp_path)
    assert of_tier(found, "required_types") == {}


def test_a_place_in_the_same_file_adds_no_piece(tmp_path: Path) -> None:
    problem = pointing((tmp_path / "main.py").as_uri(), line=0)
    found = candidates(FILES, "main.py", problems=[problem], root=tmp_path)
    assert of_tier(found, "required_types") == {}


def test_a_tool_may_call_the_folder_by_its_real_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    monkeypatch.setattr(
        Path, "resolve", lambda path: tmp_path / "real" if path == link else path.absolute()
    )
    problem = pointing((tmp_path / "real/shop/rates.py").as_uri())
    found = candidates(FILES, "main.py", problems=[problem], root=link)
    assert {name for _, name in of_tier(found, "required_types")} == {"rate"}
