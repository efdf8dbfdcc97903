"""Two models asked at the same time, as a plan of the router: the first proved edit counts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.modelled import GOOD, KEY, MENDED, TEXT, ended, questions
from tests.e2e.test_reports import shown
from tests.providers import answers
from tests.providers.answers import Says
from tests.providers.asked import Traits
from tests.providers.scripted import ServerInThread
from tests.unit.engine.simulated import MINUTE_US, closing_world, settings_with
from tests.unit.journal.samples import until
from understudy.config.paths import journal_file
from understudy.config.trust import save_record
from understudy.config.trust_record import TrustRecord
from understudy.journal.ledger import Ledger
from understudy.journal.queries import RunDetails, run_details

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.e2e.editor import Editor
    from tests.e2e.near_server import NearServer

ONE, TWO = "one/a-cloud", "two/b-cloud"
PRICES = {ONE: (0.1, 0.2), TWO: (0.1, 0.2)}
WRONG = Says(f"```python\n{TEXT.replace('something_else_entirely', 'reslt_x')}```")
RUNS = 40


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerInThread]:
    """Two models of two providers at one address; a name like theirs is that of a cloud's."""
    monkeypatch.setenv("ACME_KEY", KEY)
    names = [one.partition("/")[2] for one in (ONE, TWO)]
    traits = {name: Traits(key=KEY) for name in names}
    with ServerInThread({name: [GOOD] for name in names}, traits=traits) as running:
        yield running


@pytest.fixture
def editor(
    home: Path, workspace: Path, provider: ServerInThread, opened: Callable[[], Editor]
) -> Editor:
    """An editor whose user has seen both models succeed in half of the runs."""
    text = '[routing]\nstrategy = "learned"\n[learning]\nexploration = 0\n'
    text += "[checkers.basedpyright]\nenabled = false\n"
    for model, (price_in, price_out) in PRICES.items():
        vendor = model.partition("/")[0]
        text += f'[providers.{vendor}]\nkind = "openai"\nkey = "{{env:ACME_KEY}}"\n'
        text += f'base_url = "{provider.server.base_url("openai")}"\n'
        text += f'[models."{model}"]\nprice_in = {price_in}\nprice_out = {price_out}\n'
    (home / "config.toml").write_text(text, encoding="utf-8")
    agreed = TrustRecord()
    for model in PRICES:
        agreed = agreed.with_cloud(workspace, model.partition("/")[0], provider.server.url)
    save_record(agreed)
    settings = settings_with(PRICES, "learned")
    start_us = time.time_ns() // 1_000 - RUNS * MINUTE_US
    with closing_world(journal_file(), {}, settings=settings, start_us=start_us) as world:
        for number in range(RUNS):
            world.rates = {"fix": dict.fromkeys((ONE, TWO), float(number % 4 < 2))}
            world.run("fix", (ONE, TWO)[number % 2])
    return opened()


def fixed(editor: Editor) -> RunDetails:
    """The run that mends the text, once it is over and written down."""
    run_id = editor.fix("something_else_entirely")
    editor.wire.wait_for("workspace/applyEdit")
    ended(editor)
    assert editor.buffer.text == MENDED
    until(lambda: run_details(journal_file(), run_id).run.status == "offered")
    return run_details(journal_file(), run_id)


def spent_usd() -> float:
    """What is spent today by the ledger, or put aside."""
    ledger = Ledger(journal_file())
    try:
        return ledger.spent()["day"]
    finally:
        ledger.close()


def test_the_first_proved_edit_counts_and_the_other_model_is_stopped(
    editor: Editor, provider: ServerInThread
) -> None:
    provider.server.scripts["a-cloud"] = [answers.Hangs("middle")]
    found = fixed(editor)
    assert {one.model for one in questions(provider)} == {"a-cloud", "b-cloud"}
    provider.until(lambda: all(one.finished_at or one.hung_up_at for one in questions(provider)))
    (hung,) = [one for one in questions(provider) if one.model == "a-cloud"]
    assert hung.hung_up_at is not None
    assert found.run.model == TWO
    assert found.route is not None
    assert found.route.provenance == "`routing.strategy` (learned), two at once"
    calls = {one.model: one for one in found.calls}
    assert (calls[ONE].category, calls[TWO].category) == ("cancelled", "")
    # What the stopped one costs is known to nobody: what was put aside for it counts whole.
    assert calls[ONE].cost_usd is None
    assert found.run.cost_usd is None
    known, most = calls[TWO].cost_usd, calls[ONE].estimated_usd
    assert known is not None
    assert most is not None
    until(lambda: spent_usd() == pytest.approx(known + most))


def test_when_both_fail_both_are_paid_for_and_the_run_goes_on_with_the_first(
    editor: Editor, provider: ServerInThread
) -> None:
    for name in ("a-cloud", "b-cloud"):
        provider.server.scripts[name] = [WRONG, GOOD]
    found = fixed(editor)
    first, second, third = found.calls
    assert {first.model, second.model} == {ONE, TWO}
    assert (first.model, third.model) == (found.run.model, found.run.model)
    assert [one.category for one in found.calls] == ["hallucination", "hallucination", ""]
    costs = [one.cost_usd or 0.0 for one in found.calls]
    assert found.run.cost_usd == pytest.approx(sum(costs))
    assert spent_usd() == pytest.approx(sum(costs))
    assert min(costs) > 0.0


@pytest.mark.parametrize("cap", ["per_request_usd", "per_day_usd"])
def test_a_budget_that_leaves_enough_for_one_is_exceeded_by_none(
    home: Path, editor: Editor, provider: ServerInThread, cap: str
) -> None:
    limit = 0.0003
    with (home / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f"[budget]\n{cap} = {limit}\n")
    editor.wire.notify("workspace/didChangeConfiguration", {"settings": {}})
    found = fixed(editor)
    assert [one.model for one in questions(provider)] == [found.run.model.partition("/")[2]]
    assert 0.0 < spent_usd() <= limit
    assert found.route is not None
    assert found.route.provenance.endswith("two at once")


def test_the_plan_is_explained_with_the_others_that_were_compared(
    editor: Editor, near: NearServer
) -> None:
    editor.execute("understudy.routeExplain", {"uri": editor.uri, "task": "fix"})
    choice, provenance, both, _, heads, best, *others = shown(near).splitlines()
    assert provenance == "Chosen by: `routing.strategy` (learned), two at once"
    assert set(choice.split(" → ")[1:]) == {ONE, TWO}
    assert both.startswith("Asked at the same time: ")
    assert set(both.partition(": ")[2].split(" and ")) == {ONE, TWO}
    assert heads.split() == ["Plan", "Worth", "Success", "Cost", "Latency"]
    assert " + " in best
    assert sum(" → " in one for one in others) == 2
