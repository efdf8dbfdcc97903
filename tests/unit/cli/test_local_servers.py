"""Commands that look for models first ask the servers on this machine, and say which of them is away."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.conftest import home, project
from tests.unit.engine.tiny_server import tiny_server
from understudy.cli import FAILED, main
from understudy.providers import vllm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["home", "project"]

Output = pytest.CaptureFixture[str]
LIST = {"/v1/models": {"data": [{"id": "two", "max_model_len": 12_288}]}}
QUICK = "[checkers.basedpyright]\nenabled = false\n"


@pytest.fixture
def config(home: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NOT_SET", raising=False)
    (project / "shop.py").write_text("print(pricee)\n", "utf-8")
    return home / "config.toml"


@contextmanager
def away() -> Iterator[str]:
    """An address of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def provider(name: str, url: str, more: str = "") -> str:
    return f'{QUICK}[providers.{name}]\nbase_url = "{url}"\n{more}'


def test_what_a_search_found_is_known_once_its_provider_is_switched_on(
    config: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tiny_server(LIST) as server:
        url = f"{server.url}/v1"
        here = replace(vllm.PROVIDER, base_url=url)
        monkeypatch.setattr("understudy.engine.discovery.all_providers", lambda: {"vllm": here})
        assert main(["models", "discover"]) == 0
        asked = len(server.asked)
    assert main(["models", "list"]) == 0
    assert "vllm/two, 12,288 tokens" in (out := capsys.readouterr().out)
    assert "\nvllm/two " not in out, "nobody switched it on yet"
    config.write_text(provider("vllm", url), "utf-8")
    assert main(["models", "list"]) == 0
    assert "vllm/two " in capsys.readouterr().out
    assert main(["models", "info", "vllm/two", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["contextWindow"] == 12_288
    assert main(["models", "doctor"]) == 1, "its server is gone"
    assert "vllm/two: can't be asked" in capsys.readouterr().out
    assert len(server.asked) == asked


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (["models", "list"], "acme/two "),
        (["models", "info", "two"], "acme/two: 12,288 tokens"),
        (["models", "doctor", "two"], "acme/two: can be asked"),
        (["models", "doctor"], "acme/two: can be asked"),
        (["route", "explain"], "fix: builtin/rules → acme/two"),
        (["route", "explain", "--model", "two"], "fix: acme/two"),
    ],
)
def test_a_model_of_a_local_server_is_known_to_the_first_command(
    config: Path, capsys: Output, command: list[str], shown: str
) -> None:
    with tiny_server(LIST) as server:
        config.write_text(provider("acme", f"{server.url}/v1"), "utf-8")
        assert main(command) == 0
        assert shown in capsys.readouterr().out
        assert "/v1/models" in [path for path, _ in server.asked]


def test_a_model_of_a_local_server_can_be_named_in_the_first_command(
    config: Path, capsys: Output
) -> None:
    with tiny_server({**LIST, "/v1/chat/completions": 500}) as server:
        config.write_text(provider("acme", f"{server.url}/v1"), "utf-8")
        assert main(["fix", "--model", "two", "shop.py"]) == 0
        assert "/v1/chat/completions" in [path for path, _ in server.asked]
    assert "There is no model" not in capsys.readouterr().err


def test_a_server_that_is_away_is_told_wherever_its_models_are_missed(
    config: Path, capsys: Output
) -> None:
    with away() as url:
        config.write_text(provider("acme", url), "utf-8")
        assert main(["models", "doctor"]) == 1
        out = capsys.readouterr().out
        assert "acme: has no model that can be asked" in out
        assert "No model of `acme` is known. The server of `acme` is not running" in flat(out)
        assert f"Its address is {url}." in flat(out)
        assert main(["models", "doctor", "--json"]) == 1
        (one,) = json.loads(capsys.readouterr().out)["providers"]
        assert (one["id"], one["usable"]) == ("acme", False)
        assert main(["models", "doctor", "builtin/rules"]) == 0, "nobody asked about the other"
        capsys.readouterr()
        assert main(["route", "explain"]) == 0
        out = capsys.readouterr().out
        assert "Warning: No model of `acme` is known. The server of `acme` is not running" in out
        assert main(["fix", "shop.py"]) == 0
        out = capsys.readouterr().out
        assert "No model of `acme` is known. The server of `acme` is not running" in flat(out)
        assert main(["fix", "shop.py", "--model", "builtin/rules"]) == 0
        assert "acme" not in capsys.readouterr().out, "it would not have been asked"
        for command in (["explain", "shop.py"], ["review", "shop.py"]):
            assert main(command) == 1
            assert "The server of `acme` is not running" in capsys.readouterr().err
        assert main(["fix", "shop.py", "--model", "two"]) == FAILED
        err = capsys.readouterr().err
        assert "There is no model `two`." in err
        assert "The server of `acme` is not running" in err


def test_a_file_without_problems_misses_no_model(
    config: Path, project: Path, capsys: Output
) -> None:
    (project / "shop.py").write_text("print(1)\n", "utf-8")
    with away() as url:
        config.write_text(provider("acme", url), "utf-8")
        assert main(["fix", "shop.py"]) == 0
    assert "acme" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "more", "why"),
    [
        ("http://127.0.0.1:9/v1", 'key = "{env:NOT_SET}"\n', "NOT_SET"),
        ("https://acme.invalid/v1", "", "`understudy consent acme`"),
    ],
)
def test_what_keeps_a_provider_from_telling_its_models_is_told(
    config: Path, capsys: Output, url: str, more: str, why: str
) -> None:
    config.write_text(provider("acme", url, more), "utf-8")
    assert main(["models", "doctor"]) == 1
    assert why in flat(capsys.readouterr().out)
    assert main(["doctor", "--json"]) in {0, 1}
    findings = json.loads(capsys.readouterr().out)["findings"]
    (found,) = [one for one in findings if (one["topic"], one["subject"]) == ("models", "acme")]
    assert found["state"] == "problem"
    assert why in found["text"]


def test_a_server_without_a_model_and_one_that_is_switched_off_are_told_apart(
    config: Path, capsys: Output
) -> None:
    with tiny_server({"/v1/models": {"data": []}}) as server:
        config.write_text(provider("acme", f"{server.url}/v1"), "utf-8")
        assert main(["models", "doctor"]) == 1
        assert "Its server answers, and has none that can be asked." in flat(
            capsys.readouterr().out
        )
        config.write_text(provider("acme", f"{server.url}/v1", "enabled = false\n"), "utf-8")
        assert main(["models", "doctor"]) == 0
    assert "acme" not in capsys.readouterr().out


def test_a_misspelt_model_is_told_after_the_servers_were_asked(
    config: Path, capsys: Output
) -> None:
    with tiny_server(LIST) as server:
        config.write_text(provider("acme", f"{server.url}/v1"), "utf-8")
        assert main(["fix", "--model", "acme-two", "shop.py"]) == FAILED
    assert "There is no model `acme-two`" in capsys.readouterr().err


def flat(text: str) -> str:
    """The words, as if no line had been broken."""
    return " ".join(text.split())


def test_a_checkup_asks_a_server_without_models_once(config: Path, capsys: Output) -> None:
    with tiny_server({"/v1/models": {"data": []}}) as server:
        config.write_text(provider("vllm", f"{server.url}/v1"), "utf-8")
        main(["models", "doctor"])
        assert [path for path, _ in server.asked if path.endswith("/models")] == ["/v1/models"]
    assert "No model of `vllm` is known" in capsys.readouterr().out
