"""`understudy fix` with tests as evidence, and with one budget for all that it does."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.cli_process import Ended, run
from tests.e2e.modelled import KEY, configuration, questions
from tests.plain_pytest import CALL
from tests.providers.answers import Says
from understudy.config.trust import save_record
from understudy.config.trust_record import TrustRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.providers.scripted import ServerInThread

    Cli = Callable[..., Ended]

SHOP = "import math\nimport os\n\n\ndef root(value):\n    return math.sqrt(value)\n"
FIXED = SHOP.replace("import os\n", "")
PASSES = "from shop import root\n\n\ndef test_root():\n    assert root(4) == 2\n"
NEEDS = "import shop\n\n\ndef test_the_module_hands_it_on():\n    assert shop.os\n"
TWO = """\
def one(items):
    return unknown_first_thing


def two(items):
    return unknown_second_thing
"""


@pytest.fixture
def cli(home: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs the command in a trusted project with one problem, and a way to run its tests."""
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    save_record(TrustRecord().with_folder(workspace))
    (workspace / "shop.py").write_text(SHOP, encoding="utf-8")
    (workspace / "conftest.py").write_text("", encoding="utf-8")

    def run_it(test: str, wanted: str, *arguments: str) -> Ended:
        (workspace / "test_shop.py").write_text(test, encoding="utf-8")
        command = json.dumps(CALL)
        text = (home / "config.toml").read_text(encoding="utf-8")
        text += f'[gate]\nrun_tests = "{wanted}"\n[tests]\ncommand = {command}\n'
        (home / "config.toml").write_text(text, encoding="utf-8")
        return run("fix", "shop.py", *arguments, cwd=workspace, home=home)

    return run_it


def entry(ended: Ended) -> dict[str, Any]:
    (found,) = json.loads(ended.out)["results"]
    return dict(found)


def test_tests_that_pass_are_part_of_the_evidence(cli: Cli, workspace: Path) -> None:
    ended = cli(PASSES, "always", "--json", "--apply")
    assert "1 test passed" in str(entry(ended)["evidence"])
    assert "Tests of `shop.py`: 1 test passed." in ended.err
    assert (workspace / "shop.py").read_text("utf-8") == FIXED


def test_an_edit_that_breaks_a_test_is_withheld_and_never_written(
    cli: Cli, workspace: Path
) -> None:
    ended = cli(NEEDS, "always", "--json", "--apply")
    found = entry(ended)
    assert found["band"] is None
    assert "passed before and would not with it" in found["evidence"][0]
    assert (workspace / "shop.py").read_text("utf-8") == SHOP


def test_people_are_told_what_the_tests_said(cli: Cli) -> None:
    ended = cli(PASSES, "always")
    assert "tests: 1 test passed" in ended.out.replace("\n", " ")
    assert "1 fixed and proved" in ended.out


@pytest.mark.parametrize(
    ("wanted", "more", "runs"),
    [("on_request", [], False), ("on_request", ["--tests"], True), ("never", ["--tests"], False)],
)
def test_tests_run_where_the_setting_or_the_user_says_so(
    wanted: str, more: list[str], runs: bool, cli: Cli, workspace: Path
) -> None:
    ended = cli(NEEDS, wanted, "--json", "--apply", *more)
    assert (entry(ended)["band"] is None) is runs
    assert ((workspace / "shop.py").read_text("utf-8") == SHOP) is runs
    assert ("`gate.run_tests` is `never`" in ended.err) is (wanted == "never")


def test_without_trust_no_test_is_run_and_it_is_said_so(cli: Cli, workspace: Path) -> None:
    save_record(TrustRecord())
    ended = cli(NEEDS, "always", "--apply")
    assert "The workspace is not trusted, so its tests were not run." in ended.out
    assert (workspace / "shop.py").read_text("utf-8") == FIXED


def test_all_that_one_command_asks_has_one_budget(
    home: Path, workspace: Path, provider: ServerInThread
) -> None:
    first = TWO.replace("unknown_first_thing", "items")
    second = TWO.replace("unknown_second_thing", "items")
    provider.server.scripts["one:7b"] = [
        Says(f"```python\n{first}```"),
        Says(f"```python\n{second}```"),
    ]
    # A call costs $0.18, of which $0.07 are put aside before.
    more = "[budget]\nper_request_usd = 0.2\n[cache]\nreplies = false\n"
    configuration(home, provider, "openai", more)
    path = home / "config.toml"
    priced = '[models."acme/one:7b"]\nprice_in = 200.0\nprice_out = 0.0\n'
    text = path.read_text(encoding="utf-8").replace('[models."acme/one:7b"]\n', priced)
    path.write_text(text.replace(', "acme/two"]', "]"), encoding="utf-8")
    (workspace / "two.py").write_text(TWO, encoding="utf-8")
    ended = run("fix", "two.py", "--json", cwd=workspace, home=home, ACME_KEY=KEY)
    found = json.loads(ended.out)["results"]
    assert [one["band"] for one in found] == ["confirm", None]
    assert "`budget.per_request_usd`" in found[1]["evidence"][0]
    assert len(questions(provider)) == 1


RUBY = "def total(prices)\n  prices.sum(\nend\n"
MENDED = "def total(prices)\n  prices.sum\nend\n"


@pytest.mark.parametrize("passes", [True, False])
def test_an_edit_of_which_only_a_grammar_knows_is_taken_when_its_tests_pass(
    passes: bool,
    home: Path,
    workspace: Path,
    provider: ServerInThread,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(home))
    save_record(TrustRecord().with_folder(workspace))
    provider.server.scripts["one:7b"] = [Says(f"```ruby\n{MENDED}```")]
    (workspace / "basket.rb").write_text(RUBY, encoding="utf-8")
    (workspace / "test").mkdir()
    (workspace / "test" / "basket_test.rb").write_text("# runs\n", encoding="utf-8")
    looks = f"import sys; sys.exit({'sum(' if passes else 'sum'!r} in open('basket.rb').read())"
    more = f'[gate]\nrun_tests = "always"\n[tests]\ncommand = {json.dumps([sys.executable, "-c", looks])}\n'
    configuration(home, provider, "openai", more)
    ended = run("fix", "basket.rb", "--apply", cwd=workspace, home=home, ACME_KEY=KEY)
    assert (workspace / "basket.rb").read_text("utf-8") == (MENDED if passes else RUBY), ended
    assert ("1 test passed" in ended.out) is passes, ended
