from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import understudy
from understudy import cli
from understudy.cli import main
from understudy.core.failures import BadRequestError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

FULL = Path("/dev/full")


@pytest.fixture
def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A commands folder of our own, so that a command can fail as it likes."""
    from understudy.cli import commands

    monkeypatch.setattr(commands, "__path__", [str(tmp_path)])
    return tmp_path


def _write(folder: Path, name: str, body: str) -> None:
    (folder / f"{name}.py").write_text(
        "from understudy.cli import Command\n"
        f"def run(arguments):\n    {body}\n"
        f"COMMAND = Command('{name.replace('_', '-')}', 'Do it', lambda parser: None, run)\n",
        encoding="utf-8",
    )


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"understudy {understudy.__version__}\n"


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "config" in shown
    assert "trust" in shown


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["--nonsense"], ["__init__"], ["../x"]])
def test_a_wrong_command_is_told_on_stderr(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == cli.FAILED
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "usage: understudy" in shown.err


def test_only_the_named_command_is_imported(scripted: Path) -> None:
    _write(scripted, "quick_one", "return 7")
    (scripted / "broken.py").write_text("raise RuntimeError('imported')", encoding="utf-8")
    assert main(["quick-one"]) == 7


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (
            "from understudy.core.failures import BadRequestError; raise BadRequestError('No.')",
            cli.FAILED,
            "understudy: No.\n",
        ),
        ("raise KeyboardInterrupt", cli.INTERRUPTED, ""),
    ],
)
def test_an_expected_end_is_one_sentence_and_a_code(
    scripted: Path, capsys: pytest.CaptureFixture[str], body: str, code: int, said: str
) -> None:
    name = f"ends_{code}"
    _write(scripted, name, body)
    assert main([name.replace("_", "-")]) == code
    assert capsys.readouterr().err == said


def test_a_reader_that_goes_away_is_no_failure() -> None:
    program = "import sys; from understudy.cli import main; sys.exit(main(['config', 'schema']))"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "understudy", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("understudy ")


def test_a_command_is_a_plain_value() -> None:
    def configure(parser: ArgumentParser) -> None:
        parser.add_argument("x")

    def run(arguments: Namespace) -> int:
        raise BadRequestError(arguments.x)

    command = cli.Command("x", "Help", configure, run)
    assert (command.id, command.help) == ("x", "Help")


@pytest.mark.parametrize("planted", ["platformdirs", "pathlib", "argparse", "pydantic", "rich"])
def test_a_module_in_the_current_folder_does_not_run_in_place_of_ours(
    planted: str, tmp_path: Path
) -> None:
    witness = tmp_path / "witness"
    text = f"open({str(witness)!r}, 'w').close()\nraise SystemExit(9)\n"
    (tmp_path / f"{planted}.py").write_text(text, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "UNDERSTUDY_HOME"}
    ended = subprocess.run(
        [sys.executable, "-m", "understudy", "config", "path"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not witness.exists()
    assert ended.returncode == 0, ended.stderr


def test_what_is_asked_for_by_name_stays_where_modules_are_looked_for(tmp_path: Path) -> None:
    """Only what Python put there by itself goes: with `-P` there is nothing to take away."""
    (tmp_path / "sitecustomize.py").write_text("", encoding="utf-8")
    code = "import runpy, sys; runpy.run_module('understudy'); print(sys.path[0])"
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == str(tmp_path)


@pytest.mark.skipif(not FULL.exists(), reason="Only on Linux is there a full device.")
@pytest.mark.parametrize("arguments", [["runs"], ["trust", "--list"], ["doctor", "--json"]])
def test_output_that_does_not_fit_is_told_in_a_sentence(
    arguments: list[str], tmp_path: Path
) -> None:
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "understudy", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "UNDERSTUDY_HOME": str(tmp_path), "PATH": str(tmp_path)},
            text=True,
            check=False,
            timeout=60,
        )
    assert ended.returncode == cli.FAILED
    said = ended.stderr.splitlines()
    assert said == ["understudy: The output can't be written: No space left on device."]


def test_an_error_about_a_file_is_not_taken_for_one_of_the_output(scripted: Path) -> None:
    _write(scripted, "reads", f"open({str(scripted / 'gone')!r})")
    with pytest.raises(FileNotFoundError):
        main(["reads"])
