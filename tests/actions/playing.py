"""Carries out the case of a task that a model answers: menu, command, edit, as in an editor.

Everything between the editor's request and what it gets back is the real thing: the server, the
tools of the language, and HTTP to a provider on loopback that says what the case scripts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tests.e2e.editor import Buffer, initialize_params
from tests.e2e.modelled import ended, questions
from tests.e2e.workbench import Workbench
from tests.providers.answers import Says
from tests.support import require
from tests.unit.checkers.node import install
from understudy.config.paths import journal_file
from understudy.config.trust import save_record
from understudy.config.trust_record import TrustRecord
from understudy.core.text import Span
from understudy.journal.queries import recent_runs, run_details
from understudy.languages import language_of
from understudy.tasks import all_tasks

if TYPE_CHECKING:
    from tests.actions.cases import Case
    from tests.e2e.near_server import NearServer
    from tests.e2e.raw_client import Message
    from tests.providers.scripted import ServerInThread

MODEL = "one"
_SCORE = re.compile(r" \([^()]*\)$")
_TOOLS = {"go": "go", "rust": "cargo", "typescript": "node"}
_LIMITS = "".join(
    f"[checkers.{name}]\ntimeout_s = 100\n"
    for name in ("typescript", "go_vet", "gofmt", "cargo", "ruff")
)
_CONFIGURATION = """\
[checkers.basedpyright]
enabled = false
[checkers.ty]
enabled = false
[checkers.gopls]
enabled = false
{limits}
[fix]
timeout_s = 170
[providers.acme]
kind = "openai"
base_url = "{url}"
key = "{{env:ACME_KEY}}"
[models."acme/{model}"]
edit_format = "{edit_format}"
"""
"""What depends on more tools than the one of the language would end otherwise elsewhere."""


@dataclass
class Played:
    """What came out.

    Attributes:
        got: everything that `=== expect` may name.
        after: the document as it is in the end.
        files: other files that are new or changed, by their path.
        told: what the user read.
        absent: files that are gone, by their path.
    """

    got: dict[str, str]
    after: str
    files: dict[str, str] = field(default_factory=dict)
    told: str = ""
    absent: list[str] = field(default_factory=list)


@dataclass
class Stage:
    """The servers and folders of one case."""

    case: Case
    root: Path
    home: Path
    near: NearServer
    provider: ServerInThread

    def play(self) -> Played:
        """Carry the case out; the server has said goodbye afterwards."""
        self._lay_out()
        before = self._files()
        bench = self._opened()
        shown = _watched(bench)
        run, told = self._asked(bench, shown)
        after = bench.buffer.text
        self.near.leave()
        now = self._files()
        path = self.case.path
        changed = {name: text for name, text in now.items() if before.get(name) != text}
        changed.pop(path, None)
        return Played(
            got=self._found_out(run, bench),
            after=after,
            files=changed,
            told=told,
            absent=[name for name in before if name not in now],
        )

    def _lay_out(self) -> None:
        case, root = self.case, self.root
        language = language_of(Path(case.path)) or ""
        if language in _TOOLS:
            require(_TOOLS[language])
        if language == "typescript":
            install(root, "typescript")
        for name, content in {**case.files, case.path: case.text}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content.encode())
        known = all_formats(case)
        text = _CONFIGURATION.format(
            limits=_LIMITS,
            url=self.provider.server.base_url("openai"),
            model=MODEL,
            edit_format=known,
        )
        (self.home / "config.toml").write_text(text, encoding="utf-8")
        self.provider.server.scripts = {MODEL: [Says(one) for one in case.replies or ("",)]}
        save_record(TrustRecord().with_folder(root))

    def _files(self) -> dict[str, str]:
        """Every file of the workspace but installed packages."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes().decode()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and "node_modules" not in path.parts
        }

    def _opened(self) -> Workbench:
        path = self.root / self.case.path
        self.near.wire.request("initialize", initialize_params("vscode", self.root))
        self.near.wire.notify("initialized", {})
        bench = Workbench(self.near, path.as_uri(), Buffer(self.case.text))
        bench.open(language_of(path) or "plaintext")
        return bench

    def _asked(self, bench: Workbench, shown: list[str]) -> tuple[str, str]:
        """`(the run's id, what the user read)`."""
        arguments = self._arguments(bench)
        task = all_tasks()[self.case.task["task"]]
        entry = _entry(bench, arguments["range"], task.id)
        own = {key: self.case.task[key] for key in ("instruction", "kind") if key in self.case.task}
        if entry is None or own:
            kind = {"kind": task.kind_argument} if task.kind_argument else {}
            params = {"command": task.server_command, "arguments": [arguments | kind | own]}
            reply = bench.wire.reply_to(bench.wire.ask("workspace/executeCommand", params))
            if "error" in reply:
                return "", str(reply["error"]["message"])
            answer = reply["result"]
        else:
            answer = bench.run(entry)
        told = _ending(bench, shown, is_told=task.id == "explain")
        ended(bench)
        if task.id == "review":
            told = _findings(bench) or told
        return str(answer["runId"]), told

    def _arguments(self, bench: Workbench) -> Message:
        place = self.case.selection or Span(0, 0)
        return {"uri": bench.uri, "range": bench.buffer.place(place.start, place.end)}

    def _found_out(self, run: str, bench: Workbench) -> dict[str, str]:
        got = {"status": "refused", "asked": str(len(questions(self.provider)))}
        if not run:
            return got
        assert [one.id for one in recent_runs(journal_file(), 5)] == [run]
        details = run_details(journal_file(), run)
        got["status"] = details.run.status
        if details.run.band:
            got["band"] = details.run.band
        if details.run.reason_category:
            got["category"] = details.run.reason_category
        stops = details.gates[-1].hard_stops if details.gates else ()
        if stops:
            got["stopped"] = ", ".join(stops)
        looked = [one.checker for one in details.run.checks if one.status == "done"]
        if looked:
            got["checked"] = ", ".join(sorted(looked))
        labels = [one["label"] for one in bench.wire.came("workspace/applyEdit")]
        if labels:
            got["label"] = _SCORE.sub("", labels[-1].removeprefix("Understudy: "))
        return got


def all_formats(case: Case) -> str:
    """The edit format that the case's model is asked for."""
    return case.task.get("format", "region")


def _watched(bench: Workbench) -> list[str]:
    """The texts of the documents that the server opens, as they are then."""
    texts: list[str] = []

    def show(params: Any) -> dict[str, bool]:
        path = Path(url2pathname(unquote(urlsplit(params["uri"]).path)))
        texts.append(path.read_text(encoding="utf-8"))
        return {"success": True}

    bench.wire.answers["window/showDocument"] = show
    return texts


def _entry(bench: Workbench, place: Message, task: str) -> Message | None:
    """The menu's entry for a task, once the server knows its models; None where it has none."""
    params = {
        "textDocument": {"uri": bench.uri},
        "range": place,
        "context": {"diagnostics": []},
    }
    while True:
        found: list[Message] = bench.wire.request("textDocument/codeAction", params) or []
        if any(one.get("data", {}).get("task") == "explain" for one in found):
            return next((one for one in found if one.get("data", {}).get("task") == task), None)


_TELLS = ("window/showMessage", "window/showMessageRequest")


def _ending(bench: Workbench, shown: list[str], *, is_told: bool) -> str:
    """What the user reads when the work has come to its end."""
    methods = (*_TELLS, "window/showDocument" if is_told else "workspace/applyEdit")
    message = bench.wire.wait(lambda one: one.get("method") in methods)
    params = message["params"]
    if message["method"] == "window/showDocument":
        return shown[0].partition("\n---\n\n")[2]
    if message["method"] == "workspace/applyEdit":
        return ""
    if any(one["title"] == "Apply" for one in params.get("actions", ())):
        bench.wire.wait_for("workspace/applyEdit")
        return ""
    return str(params["message"]) + "\n"


def _findings(bench: Workbench) -> str:
    """The findings of a review, as tools print theirs."""
    published = bench.wire.came("textDocument/publishDiagnostics")
    severities = {1: "error", 2: "warning", 3: "information", 4: "hint"}
    lines = [
        f"{one['range']['start']['line'] + 1}: {severities[one['severity']]}: {one['message']}\n"
        for one in (published[-1]["diagnostics"] if published else ())
        if one["source"] == "understudy review"
    ]
    return "".join(lines)
