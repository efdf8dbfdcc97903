from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.two_models import LEARNING, worked
from understudy.cli import FAILED, main

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """
[model_routing]
debugging = ["builtin/rules", "acme/large"]
[providers.acme]
base_url = "https://models.example/v1"
[models."acme/large"]
price_in = 1.0
price_out = 5.0
"""

pytestmark = pytest.mark.usefixtures("project")


def test_a_bare_installation_asks_the_offline_model(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["route", "explain"]) == 0
    out = capsys.readouterr().out
    assert out == "fix: builtin/rules\nChosen by: built-in\n"
    assert not (home / "journal.sqlite3").exists()


def test_a_chain_says_which_layer_it_is_from_and_who_is_left_out_and_why(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(CONFIG, encoding="utf-8")
    assert main(["route", "explain", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["models"] == ["builtin/rules"]
    assert found["provenance"] == "`model_routing.debugging` (user)"
    assert found["rejected"][0]["model"] == "acme/large"
    assert "`understudy consent acme`" in found["rejected"][0]["why"]


def test_models_of_which_the_same_is_said_share_a_line(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = "".join(f'[models."acme/m{number}"]\n' for number in range(9))
    text = CONFIG.replace("[model_routing]", "").replace("debugging =", "#") + models
    config.write_text(text, encoding="utf-8")
    assert main(["route", "explain"]) == 0
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "Not asked" in one]
    assert line.count("understudy consent acme") == 1
    assert line.endswith("6 more")


def test_a_named_model_stands_whatever_speaks_against_it(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(CONFIG, encoding="utf-8")
    assert main(["route", "explain", "--model", "@acme/large"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("fix: acme/large\nChosen by: request\nWarning: `acme/large` may not see")


@pytest.mark.parametrize("task", ["fix", "edit"])
def test_an_instruction_that_begins_with_a_model_is_explained_as_it_would_be_obeyed(
    config: Path, capsys: pytest.CaptureFixture[str], task: str
) -> None:
    config.write_text(CONFIG, encoding="utf-8")
    words = ["--text", "@acme/large rewrite the parser"]
    assert main(["route", "explain", "--task", task, *words]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{task}: acme/large\nChosen by: request\n")
    assert "reads hard: rewrite, parser" in out
    assert main(["route", "explain", "--task", task, "--text", "@property make it one"]) == 0
    assert "Chosen by: request" not in capsys.readouterr().out
    assert main(["route", "explain", *words, "--model", "builtin/rules"]) == 0
    assert capsys.readouterr().out.startswith("fix: builtin/rules\n")


def test_without_a_cascade_nobody_is_shown_who_stands_behind_another_model(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = LEARNING.replace(
        "[models", '[model_routing]\nfix = ["one/model", "two/model"]\n[models', 1
    )
    config.write_text("[cascade]\nenabled = false\n" + chain, encoding="utf-8")
    assert main(["route", "explain"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("fix: one/model\n")
    assert "Not asked: two/model stands behind one/model, and `cascade.enabled` is off" in out


def test_a_model_that_its_provider_is_not_known_to_have_is_remarked_on(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(LEARNING, encoding="utf-8")
    assert main(["route", "explain", "--model", "one/modle"]) == 0
    assert "The provider of `one/modle` is not known to have it." in capsys.readouterr().out


def test_an_unknown_task_or_model_is_an_error(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["route", "explain", "--task", "sing"]) == FAILED
    known = capsys.readouterr().err.partition("Known tasks: ")[2]
    assert "`fix`" in known
    assert main(["route", "explain", "--model", "nobody"]) == FAILED
    assert "no model `nobody`" in capsys.readouterr().err


def test_the_terms_of_each_score_are_told_with_what_was_measured(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(LEARNING, encoding="utf-8")
    worked(10, {"one/model": 0.0, "two/model": 1.0})
    assert main(["route", "explain", "--task", "explain"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("explain: builtin/rules → two/model → one/model\n")
    heads, best, other = (line.split() for line in out.splitlines()[-3:])
    assert heads == ["Model", "Score", "Success", "Prior", "Runs", "Cost", "Latency", "Words"]
    assert (best[0], best[3], best[5:7]) == ("two/model", "±", ["0.76", "5"])
    assert 2 < float(best[7].strip("()")) < 5, "runs in another language weigh less"
    assert float(best[2]) > 0.8 > float(other[2])
    assert main(["route", "explain", "--task", "explain", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    score = found["scores"][0]
    assert score["total"] == pytest.approx(
        score["success"] - score["cost"] - score["latency"] - score["words"]
    )
    assert (score["count"], score["prior"]) == (5, 0.76)
    assert found["exploration"] == {"share": 0.0, "model": None}


def test_the_plans_that_were_compared_are_told_where_the_strategy_chooses_among_them(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(f'{LEARNING}\n[routing]\nstrategy = "learned"\n', encoding="utf-8")
    assert main(["route", "explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Chosen by: `routing.strategy` (learned), one after the other"
    assert [one.split()[0] for one in lines if one.split()[-1:] in (["Latency"], ["Words"])] == [
        *("Plan", "Model"),
    ]
    assert "" in lines
    assert main(["route", "explain", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    best, *others = found["plans"]
    assert best["models"] == found["models"][1:]
    assert best["name"] == " → ".join(best["models"])
    assert all(best["total"] >= one["total"] for one in others)
    assert found["together"] == []


def test_exploring_is_told_where_it_happens(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(f"{LEARNING}\n[routing]\nexploration = 0.03\n", encoding="utf-8")
    assert main(["route", "explain", "--task", "review"]) == 0
    told = capsys.readouterr().out
    assert "Exploring: 3.0% of these requests ask two/model first\n" in told
    assert main(["route", "explain", "--task", "fix"]) == 0
    assert "Exploring" not in capsys.readouterr().out


def test_the_words_of_a_request_are_told_where_they_count(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(LEARNING, encoding="utf-8")
    words = "Rewrite the Rust borrow logic in the scheduler"
    assert main(["route", "explain", "--task", "edit", "--text", words]) == 0
    assert "The request reads hard: rewrite, borrow, scheduler\n" in capsys.readouterr().out


def test_what_the_cascade_remembers_of_a_file_and_what_a_provider_told_is_shown(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from understudy.caches.store import open_caches
    from understudy.config.paths import journal_file
    from understudy.config.settings import Settings
    from understudy.core.failures import Failure, FailureCategory
    from understudy.engine.cascade import About
    from understudy.engine.walk import scope_name
    from understudy.journal.ledger import Ledger

    config.write_text(LEARNING, encoding="utf-8")
    file = config.parent / "basket.py"
    file.write_text("x = 1\n", encoding="utf-8")
    ledger = Ledger(journal_file())
    failure = Failure(FailureCategory.TYPE_ERROR, "check", "model", "No.", fingerprint="f")
    for _ in range(2):
        ledger.count(About("fix", scope_name(file.as_uri())), "one/model", failure)
    ledger.close()
    caches = open_caches(Settings().cache)
    caches.learn_limit("two", "model", 6_000)
    caches.close()
    assert main(["route", "explain", "--file", str(file)]) == 0
    out = capsys.readouterr().out
    assert "Failed here of late: one/model type_error 2x\n" in out
    assert "Learned: two/model has a window of 6,000 tokens, not " in out
    assert main(["route", "explain", "--file", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["language"] == "python"
    assert found["failures"] == [{"model": "one/model", "category": "type_error", "number": 2}]
    assert found["windows"][0]["tokens"] == 6_000
    assert main(["route", "explain", "--task", "edit", "--file", str(file)]) == 0
    assert "Failed here" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("gone.py", "There is no file or folder `gone.py`."),
        ("/gone\x00.py", "There is no file or folder `/gone"),
        (".git", "`.git` is a folder, and not a file."),
        ("", "`.` is a folder, and not a file."),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_file_that_is_not_there_has_no_route(
    file: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["route", "explain", "--file", file]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
