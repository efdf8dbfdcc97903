"""Settings that name models, judged by what is really known about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.models.conftest import home
from understudy.config.diagnose import diagnose
from understudy.config.problems import Layer
from understudy.config.source import from_text
from understudy.core.text import apply
from understudy.engine.setup import known_ids_and_keys, set_up
from understudy.models import observed
from understudy.models.observed import Found, Observed, Told

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]


@pytest.fixture
def config(home: Path) -> Path:
    home.mkdir()
    return home / "config.toml"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (
            'model_routing.debugging = ["openai/gpt-4o-mni"]',
            'model_routing.debugging = ["openai/gpt-4o-mini"]',
        ),
        (
            'cascade.chain = ["anthropic/claude-hiaku-5-5"]',
            'cascade.chain = ["anthropic/claude-haiku-5-5"]',
        ),
        ("[providers.antropic]", "[providers.anthropic]"),
        (
            '[providers.mistral]\nkey = "0123456789abcdef"',
            '[providers.mistral]\nkey = "{env:MISTRAL_API_KEY}"',
        ),
    ],
)
def test_a_slip_in_a_name_is_told_with_what_was_meant(
    config: Path, written: str, mended: str
) -> None:
    config.write_text(written, encoding="utf-8")
    (problem,) = set_up(None).problems
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == mended
    config.write_text(mended, encoding="utf-8")
    assert set_up(None).problems == ()


@pytest.mark.parametrize(
    "written",
    [
        'model_routing.debugging = ["ollama/whatever-i-pulled:7b", "gpt-4o", "qwen2.5-coder:7b"]',
        'model_routing.debugging = "anthropic/claude-haiku-5-5-20261101"',
        '[providers.acme]\nbase_url = "http://127.0.0.1:8000/v1"\n[cascade]\nchain = ["acme/x y"]',
        '[models.mine]\nprovider = "openai"\nname = "ft:gpt-4o"\n[cascade]\nchain = ["mine"]',
        '[models."openai/gpt-4o"]\naliases = ["big"]\n[cascade]\nfallbackModel = "big"',
    ],
)
def test_a_model_that_can_be_placed_may_be_named(config: Path, written: str) -> None:
    config.write_text(written, encoding="utf-8")
    assert [problem.message for problem in set_up(None).problems] == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('[models."openai/o1"]\ncost_tier = "free"', "says `free`, while"),
        ("[models.thing]\ncontext_window = 9000", "names no provider"),
        ('model_routing.debugging = ["nobody/knows"]', "models list --all"),
    ],
)
def test_what_is_odd_about_a_model_is_told_at_its_place(
    config: Path, written: str, words: str
) -> None:
    config.write_text(written, encoding="utf-8")
    (problem,) = set_up(None).problems
    assert words in problem.message
    assert problem.span is not None


ACME = '[providers.acme]\nbase_url = "http://127.0.0.1:8000/v1"\n'
ONE = '[models."acme/one:7b"]\naliases = ["uno"]\n'


@pytest.mark.parametrize(
    ("written", "words", "marked"),
    [
        ('[model_routing]\nfix = ["acme/one:7b", "acme/two", "acme/one:7b"]', "again", None),
        ('[model_routing]\nfix = ["acme/one:7b", "uno"]', "`uno` again", '"uno"'),
        ('[cascade]\nfallback_model = "acme/two"\nchain = ["uno", "acme/two"]', "back", None),
        (
            '[model_routing]\nfix = ["acme/one:7b"]\n[cascade]\nfallback_model = "acme/one:7b"',
            "`cascade.fallback_model` in",
            '"acme/one:7b"',
        ),
    ],
)
def test_a_chain_that_comes_back_to_a_model_is_told(
    config: Path, written: str, words: str, marked: str | None
) -> None:
    config.write_text(f"{ACME}{ONE}{written}", encoding="utf-8")
    (problem,) = set_up(None).problems
    assert words in problem.message
    assert "asked twice" in problem.message
    assert problem.span is not None
    found = problem.span.of(config.read_text(encoding="utf-8"))
    assert marked is None or found == marked


def test_a_fallback_that_stands_in_one_of_two_chains_is_no_cycle(config: Path) -> None:
    chains = '[model_routing]\nfix = ["uno"]\ndebugging = ["acme/two"]\n'
    text = f'{ACME}{ONE}{chains}[cascade]\nfallback_model = "uno"'
    config.write_text(text, encoding="utf-8")
    assert set_up(None).problems == ()


def test_a_slip_in_the_name_of_ones_own_model_is_told_with_what_was_meant(config: Path) -> None:
    written = f'{ACME}{ONE}[model_routing]\nfix = ["acme/onne:7b", "acme/one:70b", "acme/other"]'
    config.write_text(written, encoding="utf-8")
    (problem,) = set_up(None).problems
    assert "`acme/onne:7b`" in problem.message
    assert problem.message.endswith("Did you mean `acme/one:7b`?")
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == written.replace("onne", "one")
    assert set_up(None).settings.model_routing["fix"][0] == "acme/onne:7b", (
        "it is asked all the same"
    )


@pytest.mark.parametrize(("own", "slip"), [("b", "bb"), ("big", "bg"), ("large", "larg")])
def test_a_slip_in_a_short_name_of_ones_own_model_is_told(
    config: Path, own: str, slip: str
) -> None:
    chain = f'["builtin/rules", "acme/{slip}", "acme/{own}"]'
    config.write_text(f'{ACME}[models."acme/{own}"]\n[model_routing]\ndebugging = {chain}')
    (problem,) = set_up(None).problems
    assert f"names `acme/{slip}`, which its provider is not known to have" in problem.message
    assert problem.message.endswith(f"Did you mean `acme/{own}`?")


@pytest.mark.parametrize("other", ["a", "c", "xy"])
def test_another_short_name_is_no_slip(config: Path, other: str) -> None:
    config.write_text(f'{ACME}[models."acme/b"]\n[cascade]\nchain = ["acme/{other}"]')
    assert set_up(None).problems == ()


@pytest.mark.parametrize("debugging", ["acme/b", "builtin/rules"])
def test_a_model_that_stands_twice_in_a_chain_is_one_mistake(config: Path, debugging: str) -> None:
    chain = f'debugging = ["{debugging}"]\n[cascade]\nchain = ["acme/b", "acme/b"]'
    config.write_text(f'{ACME}[models."acme/b"]\n[model_routing]\n{chain}')
    (problem,) = set_up(None).problems
    assert "`acme/b` again" in problem.message


def test_a_slip_that_stands_twice_is_told_as_a_slip_and_as_a_repetition(config: Path) -> None:
    config.write_text(f'{ACME}{ONE}[cascade]\nchain = ["acme/onne:7b", "acme/onne:7b"]')
    slip, again = sorted((one.message for one in set_up(None).problems), key=len, reverse=True)
    assert "Did you mean `acme/one:7b`?" in slip
    assert "again" in again


def test_a_model_that_a_server_did_not_list_is_told(config: Path) -> None:
    told = Told("http://127.0.0.1:8000/v1", 1.0, (Found("one:7b"), Found("two:latest")))
    observed.keep(Observed({"acme": told}))
    written = f'{ACME}[model_routing]\nfix = ["acme/one:7b", "acme/two", "acme/three"]'
    config.write_text(written, encoding="utf-8")
    (problem,) = set_up(None).problems
    assert "names `acme/three`, which its provider is not known to have." in problem.message


@pytest.mark.parametrize(
    "provider",
    [f'{ACME}key = "sk-literal-0123456789abcdef"\n', '[providers.acme]\nenabled = "x"\n'],
)
def test_a_model_of_a_provider_that_does_not_count_is_told_with_the_real_cause(
    config: Path, provider: str
) -> None:
    written = f'{provider}[models."acme/one:7b"]\n[model_routing]\nfix = ["acme/one:7b"]'
    config.write_text(written, encoding="utf-8")
    messages = [one.message for one in set_up(None).problems]
    assert not any("Did you mean `acme/one:7b`" in one for one in messages), messages
    assert not any("no known model" in one for one in messages), messages


def test_a_model_of_a_provider_that_is_switched_off_stays_named(config: Path) -> None:
    config.write_text(
        'model_routing.debugging = ["ollama/x"]\nproviders.ollama.enabled = false', encoding="utf-8"
    )
    settings = set_up(None).settings
    assert settings.model_routing["debugging"] == ("ollama/x",)
    assert not settings.providers["ollama"].enabled


def test_a_key_that_is_not_there_is_hinted_at_only_where_the_file_is_written(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SET_KEY", "planted-key-5d1")
    monkeypatch.delenv("UNSET_KEY", raising=False)
    text = (
        '[providers.openai]\nkey = "{env:UNSET_KEY}"\n[providers.mistral]\nkey = "{env:SET_KEY}"\n'
        '[providers.groq]\nkey = "{command:no-such-program}"\n'
        '[providers.xai]\nkey = "{file:/nowhere/at/all}"\n'
    )
    config.write_text(text, encoding="utf-8")
    source = from_text(Layer.USER, config, text)
    hints = diagnose(source, (), known_ids_and_keys(), None)
    assert [one.key for one in hints] == ["providers.openai.key", "providers.xai.key"]
    assert all(one.is_hint for one in hints)
    assert "names an environment variable that is not set here" in hints[0].message
    assert hints[0].span is not None
    assert "planted-key" not in repr(hints)
    assert set_up(None).problems == ()


def test_a_role_that_is_nearly_one_of_a_task_is_told(config: Path) -> None:
    written = 'model_routing.debuging = "builtin/rules"'
    config.write_text(written, encoding="utf-8")
    (problem,) = set_up(None).problems
    assert "no task asks for" in problem.message
    assert problem.fix is not None
    assert apply(written, [problem.fix]) == 'model_routing.debugging = "builtin/rules"'


@pytest.mark.parametrize(
    "role",
    ["orchestration", "exploration", "frontend", "plan", "commit", "fixFile", "review", "bananas"],
)
def test_roles_of_tasks_and_of_ones_own_are_right(config: Path, role: str) -> None:
    config.write_text(f'model_routing.{role} = "builtin/rules"', encoding="utf-8")
    assert set_up(None).problems == ()


def test_a_task_that_is_hidden_and_that_nobody_knows_is_told(config: Path) -> None:
    config.write_text('actions.hide = ["simplfy", "explain", "zzz"]', encoding="utf-8")
    first, second = set_up(None).problems
    assert "`simplfy`, which is no task. Did you mean `simplify`?" in first.message
    assert first.fix is not None
    assert "`zzz`, which is no task." in second.message


def test_a_model_of_a_provider_that_does_not_count_is_told_as_such(config: Path) -> None:
    config.write_text(
        '[providers.acme]\nbase_url = "http://127.0.0.1:1/v1"\nkey = "{env:}"\n'
        '[models."acme/x"]\n[models."gone/x"]\n',
        encoding="utf-8",
    )
    told = {problem.key: problem.message for problem in set_up(None).problems}
    assert "can't be asked, because `providers.acme` does not count." in told['models."acme/x"']
    assert "names no provider that is known" in told['models."gone/x"']
