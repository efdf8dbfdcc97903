from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from understudy.config.paths import state_folder
from understudy.config.pin_record import Pin, PinChange, Pins, load_pins, save_pins

if TYPE_CHECKING:
    from pathlib import Path

A, B = Pin("a.py", 0, "A"), Pin("b.py", 4)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))


def test_pins_are_kept_by_folder_and_kind_of_task(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    save_pins(one, "fix", Pins((A,), (B,)))
    save_pins(one, "test", Pins((B,)))
    assert load_pins(one, "fix") == Pins((A,), (B,))
    assert load_pins(one, "test") == Pins((B,))
    assert load_pins(one, "explain") == Pins()
    assert load_pins(other, "fix") == Pins()
    assert load_pins(None, "fix") == Pins()
    assert not one.exists()


def test_pinning_ends_a_ban_and_the_other_way_round() -> None:
    named = Pin("b.py", 4, "B")
    assert PinChange(pin=(named,)).applied(Pins((A,), (B,))) == Pins((A, named))
    assert PinChange(ban=(A,)).applied(Pins((A,), (B,))) == Pins((), (B, A))
    assert PinChange(unpin=(A,), unban=(B,)).applied(Pins((A,), (B,))) == Pins()
    assert not PinChange()


@given(raw=st.binary(max_size=200) | st.just(b'{"version": 1, "kinds": {"fix": {"pin": [[1]]}}}'))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_a_damaged_file_pins_nothing(raw: bytes, tmp_path: Path) -> None:
    save_pins(tmp_path, "fix", Pins((A,)))
    (file,) = (state_folder() / "pins").iterdir()
    file.write_bytes(raw)
    assert load_pins(tmp_path, "fix") == Pins()
    save_pins(tmp_path, "fix", Pins((A,)))
    assert load_pins(tmp_path, "fix") == Pins((A,))
