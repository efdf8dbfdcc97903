from __future__ import annotations

import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import require
from tests.unit.checkers.projects import PATIENT, document, look, marked, stand_in, write
from understudy.checkers import ToolMissingError
from understudy.checkers.javac import CHECKER, read_findings
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex
from understudy.workspace.diagnostics import Severity, is_syntax_error
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import OpenDocument, View

A = "src/main/java/p/A.java"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    require("javac")
    return write(
        tmp_path / "π project",
        src__main__java__p__B_dot_java="package p;\nclass B { static int two() { return 2; } }\n",
        src__main__java__p__A_dot_java="package p;\npublic class A { }\n",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_findings_are_placed_in_code_points_and_classes_beside_are_known(
    end: str, root: Path
) -> None:
    text = end.join(
        (
            "package p;",
            "import java.util.*;",
            "public class A {",
            '\tString π = "π😀"; int x = undefd("😀"); int y = B.two() + B.three();',
            "\tList raw;",
            "}",
            "",
        )
    )
    view = document(root, A, text, "java")
    found = await look(CHECKER, view)
    assert marked(view, found) == [("", "undefd"), ("", ".three"), ("rawtypes", "List")]
    assert [one.severity for one in found if one.code] == [Severity.WARNING]
    assert any("symbol: " in one.message for one in found)


async def test_a_test_knows_the_classes_that_it_tests(root: Path) -> None:
    text = "package p;\nclass ATest { int two = B.two(); A a; }\n"
    assert await look(CHECKER, document(root, "src/test/java/p/ATest.java", text, "java")) == ()


@pytest.mark.parametrize(
    "text", ["class A { int f() { return 1 } }", "class A {", 'class A { String s = "; }', "clas A"]
)
async def test_what_does_not_parse_is_a_syntax_error(text: str, root: Path) -> None:
    found = await look(CHECKER, document(root, "A.java", text, "java"))
    assert found
    assert all(is_syntax_error(one) for one in found)


async def test_what_is_wrong_in_other_classes_is_not_told(root: Path) -> None:
    write(root, src__main__java__p__B_dot_java="package p;\nclass B { int x = nope; }\n")
    text = "package p;\npublic class A { B b = new B(); int x = missing; }\n"
    view = document(root, A, text, "java")
    assert marked(view, await look(CHECKER, view)) == [("", "missing")]


async def test_files_that_are_open_beside_it_count_as_they_are_in_the_editor(root: Path) -> None:
    text = "package p;\npublic class A { int x = B.three(); int y = new q.C().four; }\n"
    view = document(root, A, text, "java")
    source = root / "src/main/java"
    beside = tuple(
        OpenDocument(path.as_uri(), path, "java", 1, content)
        for path, content in (
            (source / "p/B.java", "package p;\nclass B { static int three() { return 3; } }\n"),
            # A file that is not on disk yet, and one of the same name as the one that is checked.
            (source / "q/C.java", "package q;\npublic class C { public int four; A a; }\n"),
            (source / "q/A.java", "package q;\npublic class A { int x = nope; }\n"),
        )
    )
    assert await look(CHECKER, replace(view, beside=beside)) == ()
    worse = (*beside[1:], replace(beside[0], text="package p;\nclass B { int x = nope; }\n"))
    view = replace(view, beside=worse)
    assert marked(view, await look(CHECKER, view)) == [("", ".three")]


async def test_a_library_that_is_not_there_is_unknown_and_says_so(root: Path) -> None:
    text = "package p;\nimport org.far.Away;\npublic class A { int x = undefd; }\n"
    with pytest.raises(UnavailableError, match=r"does not know where `org\.far` is"):
        await look(CHECKER, document(root, A, text, "java"))


PLUGIN = """
package evil;
import com.sun.source.util.*;
public class Evil extends javax.annotation.processing.AbstractProcessor implements Plugin {
  public String getName() { return "evil"; }
  public boolean autoStart() { return true; }
  public void init(JavacTask task, String... arguments) { run(); }
  public boolean process(java.util.Set<? extends javax.lang.model.element.TypeElement> all,
      javax.annotation.processing.RoundEnvironment round) { run(); return false; }
  static void run() {
    try { new java.io.File("MADE").createNewFile(); } catch (java.io.IOException e) { }
  }
}
"""


def compile_plugin(classes: Path, made: Path) -> None:
    """A plug-in and processor that makes a file when it is run, as javac finds it by itself."""
    services = classes / "META-INF/services"
    services.mkdir(parents=True)
    for service in ("com.sun.source.util.Plugin", "javax.annotation.processing.Processor"):
        (services / service).write_text("evil.Evil\n", "utf-8")
    source = made.with_name("Evil.java")
    source.write_text(PLUGIN.replace("MADE", made.as_posix()), "utf-8")
    command = [require("javac"), "-proc:none", "-d", str(classes), str(source)]
    subprocess.run(command, check=True, timeout=100)


@pytest.mark.parametrize("trust", [Trust.RESTRICTED, Trust.TRUSTED])
@pytest.mark.parametrize("where", ["bin", "target/classes", "lib"])
async def test_no_plugin_and_no_processor_of_the_project_is_run(
    where: str, trust: Trust, root: Path, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    classes = tmp_path / "classes" if where == "lib" else root / where
    compile_plugin(classes, made)
    if where == "lib":
        (root / where).mkdir()
        with zipfile.ZipFile(root / "lib/evil.jar", "w") as jar:
            for path in filter(Path.is_file, classes.rglob("*")):
                jar.write(path, path.relative_to(classes))
    text = "package p;\npublic class A { evil.Evil known; int x = B.two(); }\n"
    assert await look(CHECKER, document(root, A, text, "java", trust)) == ()
    assert not made.exists()


@pytest.mark.parametrize(
    "name", ["JDK_JAVAC_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"]
)
async def test_options_of_the_surroundings_do_not_count(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "-Xplugin:nonesuch")
    assert await look(CHECKER, document(root, A, "package p;\npublic class A { }\n", "java")) == ()


async def test_errors_of_flow_are_told_beside_errors_of_types(root: Path) -> None:
    text = (
        'package p;\npublic class A {\n  int a = "π";\n  int b(int n) { if (n > 0) return 1; }\n'
        "  void c() { String s; s.length(); }\n  void d() { throw new Exception(); }\n}\n"
    )
    view = document(root, A, text, "java")
    assert [one.message.partition(":")[0] for one in await look(CHECKER, view)] == [
        "incompatible types",
        "missing return statement",
        "variable s might not have been initialized",
        "unreported exception Exception; must be caught or declared to be thrown",
    ]


@pytest.mark.parametrize(
    ("beside", "why"),
    [
        ("package p;\nclass B { int two( { return 2; } }\n", r"`B\.java` keeps javac from telling"),
        ("package p;\nclass B extends far.Away { }\n", r"`B\.java` keeps javac from telling: pack"),
    ],
)
async def test_a_class_beside_it_of_which_too_little_is_known_makes_it_unknown(
    beside: str, why: str, root: Path
) -> None:
    write(root, src__main__java__p__B_dot_java=beside)
    text = "package p;\npublic class A { B b = new B(); Object o = b.toString(); }\n"
    with pytest.raises(UnavailableError, match=why):
        await look(CHECKER, document(root, A, text, "java"))


@pytest.mark.parametrize(
    "script",
    [
        'echo "@@A.java@1@0@warning: @[cast] @z" >&2; exit 1',
        'echo "An exception has occurred in the compiler" >&2; exit 4',
        'echo "[attribute A]" >&2; echo "@@B.java@1@0@error: @@cannot find symbol" >&2; exit 1',
    ],
)
async def test_a_javac_that_did_not_come_to_its_end_is_unknown(script: str, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError):
        await CHECKER.run(document(tmp_path, "A.java", "class A {}", "java"), settings)


async def test_a_document_without_a_file_is_checked(root: Path) -> None:
    text = "public final class Other { int x = undefd; }\n"
    view = View("untitled:1", text, Policy(Trust.RESTRICTED), language="java")
    assert marked(view, await CHECKER.run(view, PATIENT)) == [("", "undefd")]


async def test_locate_tells_the_version(root: Path) -> None:
    assert "javac " in await CHECKER.locate(document(root, A, "", "java"), PATIENT)


async def test_a_tool_that_is_not_there_is_missing(root: Path) -> None:
    settings = CheckerSettings(command=("no-such-javac",))
    with pytest.raises(ToolMissingError):
        await CHECKER.run(document(root, A, "", "java"), settings)


async def test_a_tool_that_hangs_is_ended(tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", "sleep 60")
    with pytest.raises(ToolTimeoutError):
        await CHECKER.run(document(tmp_path, "A.java", "", "java"), settings)


@pytest.mark.parametrize("script", ["exit 1", "exit 3", "echo nonsense >&2; exit 1"])
async def test_a_tool_that_breaks_is_unavailable(script: str, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError, match="javac gave no answer"):
        await CHECKER.run(document(tmp_path, "A.java", "", "java"), settings)


@given(
    st.lists(
        st.sampled_from(
            ["@@A.java@1@3@error: @@x", "  y", "@@A.java@9@99@warning: @[cast] @z", "@@@@@"]
        )
        | st.text(max_size=20)
    )
)
def test_places_lie_in_the_text_whatever_is_printed(lines: list[str]) -> None:
    index = LineIndex("é😀 = 1\r\n")
    for one in read_findings("\n".join(lines), Path("A.java"), index):
        assert 0 <= one.span.start <= one.span.end <= len(index.text)
