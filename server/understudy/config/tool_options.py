"""What a person may write about the programs that look at edits: checkers and tests."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from understudy.config.own_checkers import line_pattern
from understudy.config.schema import Choice, Table
from understudy.config.settings import CheckerSettings, TestSettings

_CHECKER = CheckerSettings()
_TESTS = TestSettings()
_SEVERITIES = ("error", "warning", "information", "hint")


def _runnable(command: list[str]) -> list[str]:
    if command and not command[0].strip():
        raise ValueError("the first string must name a program")
    for part in command:
        _system_text(part)
    return command


def _system_text(text: str) -> str:
    """Text that the operating system takes as an argument or a path."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it may not hold NUL characters or half surrogate pairs")
    return text


Command = Annotated[list[str], AfterValidator(_runnable)]


class PythonOptions(Table):
    """How Python code is looked at."""

    environment: Annotated[str, AfterValidator(_system_text)] = Field(
        default="",
        description=(
            "The virtual environment whose packages are known, as a path from the workspace"
            " folder. Empty: `.venv`, `venv`, `env`, then what `PATH` holds."
        ),
    )


class CheckerOptions(Table):
    """One checker: an outside tool that looks at edits."""

    enabled: bool = Field(default=_CHECKER.enabled, description="Run this checker.")
    command: Command = Field(
        default=list(_CHECKER.command),
        description=(
            "The program and its first arguments, started without a shell. Empty: the tool is"
            " looked for."
        ),
    )
    timeout_s: Annotated[float, Field(ge=0.5, le=600)] = Field(
        default=_CHECKER.timeout_s,
        description="Seconds after which the checker counts as not having answered.",
    )
    languages: list[str] = Field(
        default=sorted(_CHECKER.languages),
        description="Of a checker of your own: the LSP ids of the languages that it looks at.",
    )
    output: Annotated[str, Choice(("sarif", "regex"))] = Field(
        default=_CHECKER.output,
        description="Of a checker of your own: how its output is read.",
    )
    pattern: Annotated[str, AfterValidator(line_pattern)] = Field(
        default=_CHECKER.pattern,
        description=(
            'With `output = "regex"`: a regular expression, in Python\'s syntax, for a line of the'
            " output. Its named groups `line` and `message` are needed; `file`, `column`,"
            " `end_line`, `end_column`, `severity` and `code` may be there."
        ),
    )
    stdin: bool = Field(
        default=_CHECKER.stdin,
        description=(
            "Of a checker of your own: give it the text on its standard input. Off: in a file of"
            " a private tree that looks like the workspace, whose path stands for `{file}`."
        ),
    )
    severity: Annotated[str, Choice(_SEVERITIES)] = Field(
        default=_CHECKER.severity,
        description="Of a checker of your own: the severity of findings that don't say it.",
    )
    is_type_checker: bool = Field(
        default=_CHECKER.is_type_checker,
        description="Of a checker of your own: only its errors count.",
    )


class TestOptions(Table):
    """How tests are run."""

    __test__ = False

    command: Command = Field(
        default=list(_TESTS.command),
        description=(
            "The program that runs tests and its first arguments, started without a shell in a copy"
            " of the project; it has passed when it ends with 0. `{files}` stands for the test"
            " files, which come last where it is missing. Empty: pytest, `go test`, `cargo test`,"
            " or the runner of `package.json`."
        ),
    )
    timeout_s: Annotated[float, Field(ge=0.5, le=3600)] = Field(
        default=_TESTS.timeout_s,
        description="Seconds after which one run of tests is ended.",
    )
