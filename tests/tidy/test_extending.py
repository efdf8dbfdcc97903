"""The examples of docs/extending.md work as they stand there."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.actions.cases import read_case
from tests.tidy.test_plugins import KINDS
from tests.tidy.tree import ROOT, fenced
from understudy.config.policy import Policy
from understudy.context.names import Names
from understudy.core.failures import Failure, FailureCategory
from understudy.core.lines import LineIndex
from understudy.core.text import Span, apply
from understudy.edit_formats import Region
from understudy.editors import Server
from understudy.failures.output import find_hits
from understudy.fixers import Problem
from understudy.prompt.fragment import read_fragment
from understudy.reading import UnreadableError
from understudy.strategies import Setback
from understudy.wire import Endpoint, Message, Request, Usage
from understudy.workspace.foreign import diagnostic_from_json
from understudy.workspace.view import View

PAGE = Path("docs/extending.md")
EXAMPLES = {
    block.split("\n")[1].removeprefix("# "): "\n".join(block.split("\n")[2:-1]) + "\n"
    for block in fenced(PAGE)
    if block.startswith("```python\n")
}


def loaded(path: str) -> dict[str, Any]:
    """What an example defines."""
    found: dict[str, Any] = {"__name__": path.removesuffix(".py").rpartition("/")[2]}
    exec(compile(EXAMPLES[path], path, "exec"), found)  # noqa: S102 - our own page
    return found


def value_of(path: str) -> Any:
    name, kind = KINDS[folder_of(path)]
    value = loaded(path)[name]
    assert isinstance(value, kind)
    return value


def folder_of(path: str) -> str:
    folder = Path(path).parent.relative_to("server/understudy")
    return ".".join(folder.parts)


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_holds_what_its_folder_demands(path: str) -> None:
    assert value_of(path).id


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_is_written_in_the_house_style(path: str) -> None:
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--quiet"], ["format", "--check"]):
        finished = subprocess.run(
            [*ruff, *command, f"--stdin-filename={path}", "-"],
            input=EXAMPLES[path].encode(),
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout.decode()


def test_an_example_stands_for_each_kind_of_plugin_that_the_page_names() -> None:
    assert {folder_of(path) for path in EXAMPLES} == KINDS.keys() - {"lsp.handlers"}


def test_the_example_of_a_fixer_does_what_its_case_says() -> None:
    (block,) = [block for block in fenced(PAGE) if block.startswith("```text\n")]
    case = read_case(re.sub(r"^```\w*\n|```$", "", block))
    assert case.diagnostics is not None
    diagnostic = diagnostic_from_json(case.diagnostics[0], LineIndex(case.text), "utf-16")
    assert diagnostic is not None
    view = View("file:///example.py", case.text, Policy())
    fixer = value_of("server/understudy/fixers/bare_except.py")
    assert fixer.matches(diagnostic)
    (proposal,) = fixer.propose(Problem(view, diagnostic, Names(view)))
    assert apply(case.text, proposal.edits) == case.after


def test_the_example_of_a_checker_reads_the_tools_answer() -> None:
    entry = {"line": 2, "column": 5, "level": "info", "code": "DL3007", "message": "Pin it."}
    read_json = loaded("server/understudy/checkers/hadolint.py")["read_json"]
    index = LineIndex("# a\nRUN latest\n")
    (diagnostic,) = read_json(json.dumps([entry]).encode(), index)
    assert (diagnostic.code, diagnostic.span) == ("DL3007", Span(8, 14))


def test_the_example_of_a_table_knows_its_words() -> None:
    table = value_of("server/understudy/failures/providers/acme.py")
    (asked, slow) = table.rules
    found = re.match(asked.message, "Parameter 'top_k' is not available")
    assert found is not None
    assert found["parameter"] == "top_k"
    assert re.match(slow.message, "Slow down, please")


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("lua: a.lua:3: unexpected symbol near '='", FailureCategory.SYNTAX_ERROR),
        ("lua: a.lua:1: module 'socket' not found:", FailureCategory.IMPORT_ERROR),
        ("lua: a.lua:9: attempt to call a nil value (global 'f')", FailureCategory.RUNTIME_ERROR),
    ],
)
def test_the_example_of_a_tools_table_knows_its_lines(line: str, category: FailureCategory) -> None:
    tools = value_of("server/understudy/failures/tools/lua.py")
    assert [hit.category for hit in find_hits([line], tools.rules)] == [category]


def test_the_example_of_a_family_writes_a_request_and_reads_a_reply() -> None:
    family = value_of("server/understudy/wire/families/acme.py")
    endpoint = Endpoint("acme", "acme", "https://api.acme.example/v1", key="k")
    request = Request("large", (Message("user", "Mend it."),), 100, temperature=0.5)
    assert family.url(endpoint, "large") == "https://api.acme.example/v1/chat"
    assert family.body(request, endpoint)["temperature"] == 0.5
    assert "temperature" not in family.body(
        replace(request, without=frozenset({"temperature"})), endpoint
    )
    reader = family.reader()
    for event in ({"text": "a"}, {"text": "b"}):
        reader.read(event)
    assert not reader.whole
    reader.read({"ended": "stop", "tokens": {"prompt": 7, "answer": 2}})
    assert ("".join(reader.texts), reader.usage(), reader.whole) == ("ab", Usage(7, output=2), True)


def test_the_example_of_an_edit_format_reads_one_edit_and_refuses_two() -> None:
    edit_format = value_of("server/understudy/edit_formats/tagged.py")
    region = Region(View("file:///a.py", "a = 1\r\nb = 2\r\n", Policy()), range(1, 2))
    edit = "<edit>\nb = 3\n</edit>"
    assert "lines 2 to 2" in edit_format.rules(region)
    assert edit_format.read(f"Sure.\n{edit}\n", region).after == "a = 1\r\nb = 3\r\n"
    with pytest.raises(UnreadableError):
        edit_format.read(f"{edit}\n{edit}\n", region)


def test_the_example_of_an_editor_is_set_up_and_recognised() -> None:
    (client,) = value_of("server/understudy/editors/known/acme.py").clients
    text = client.form.put('{"a": 1}', Server(("understudy", "serve"), ("python",)))
    assert json.loads(text)["languageServers"]["understudy"]["languages"] == ["python"]
    assert client.form.command(text) == ("understudy", "serve")


def test_the_example_of_a_strategy_is_for_replies_that_broke_off() -> None:
    strategy = value_of("server/understudy/strategies/cautious.py")
    cut = Failure(FailureCategory.INCOMPLETE_OUTPUT, "parse", "model", "It broke off.")
    assert strategy.is_for(Setback(cut, can_narrow=True, can_cool=True))
    assert not strategy.is_for(Setback(cut, can_narrow=True))
    (words,) = [block for block in fenced(PAGE) if block.startswith("```markdown\n---\nid: again.")]
    reading = read_fragment(re.sub(r"^```\w*\n|```$", "", words), "cautious")
    assert reading.fragment is not None
    assert reading.fragment.when["strategy"] == (strategy.id,)


def test_the_example_of_a_command_prints_languages(capsys: pytest.CaptureFixture[str]) -> None:
    command = value_of("server/understudy/cli/commands/languages.py")
    parser = argparse.ArgumentParser()
    command.configure(parser)
    assert command.run(parser.parse_args(["--ids"])) == 0
    assert "python" in capsys.readouterr().out.split("\n")
