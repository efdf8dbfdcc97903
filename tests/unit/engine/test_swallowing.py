"""Failures that are caught and dropped, in whatever words, beside those that are handed on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import DEFAULT, TARGET
from tests.unit.engine.test_evasions import changed
from understudy.engine.evasions import hatch
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge

RUST = "pub fn f(p: &str) -> R {\n    remove(p);\n    Ok(())\n}\n"
SEND = "pub fn f(tx: Sender<u8>) {\n    for n in 0..9 {\n        tx.send(n);\n    }\n}\n"
CAST = "pub fn f(sum: u64) -> u32 {\n    sum / 2\n}\n"
GO = "func F(p string) ([]byte, error) {\n\tdata, err := os.ReadFile(p)\n\treturn data, nil\n}\n"
PARSE = "func F(d []byte) error {\n\tif err := json.Unmarshal(d, &c); err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n"
SCRIPT = (
    "function f() {\n  try {\n    return g();\n  } catch (e) {\n    return e.message;\n  }\n}\n"
)
PUT = "for (const item of items) {\n  await store.put(itm);\n}\n"
PYTHON = "def f(user):\n    return user.name\n"


def mended(language: str, before: str, old: str, new: str, code: str = "X1") -> Facts:
    assert old in before
    facts = changed(before, before.replace(old, new, 1), language, at=old)
    assert facts.target is not None
    return replace(facts, target=replace(facts.target, code=code, message="mismatched types"))


DROPPED = [
    (
        *("rust", RUST, "remove(p);", "match remove(p) {\n        Ok(()) => {}\n"),
        *("        Err(_) => {}\n    }",),
    ),
    (
        "rust",
        RUST,
        "remove(p);",
        "match remove(p) {\n        Ok(()) => ",
        "(),\n        _ => ()\n}",
    ),
    ("rust", RUST, "remove(p);\n    Ok(())", "remove(p).or(Ok(()))", ""),
    ("rust", RUST, "remove(p);\n    Ok(())", "remove(p).or_else(|_| Ok(()))", ""),
    ("rust", CAST, "sum / 2", "u32::try_from(sum / 2)", ".unwrap_or_default()"),
    ("rust", CAST, "sum / 2", "(sum / 2).try_into()", ".unwrap_or(0)"),
    ("go", GO, "\treturn data", "\tif err != nil {\n\t\tdata = nil\n\t}\n", "\treturn data"),
    (
        *("go", GO, "\treturn data", "\tif err != nil {\n\t\tdata, n = []byte{}, 0\n\t}\n"),
        "\treturn data",
    ),
    (
        *("go", GO, "\treturn data", "\tif err == nil {\n\t\treturn data, nil\n\t}\n"),
        "\treturn data",
    ),
    (
        *("go", PARSE, "if err := json.Unmarshal(d, &c); err != nil {\n\t\treturn err\n\t}"),
        *("json.Unmarshal(d, &c)", ""),
    ),
    ("typescript", SCRIPT, "catch (e) {\n    return e.message;", 'catch {\n    return "";', ""),
    (
        "typescript",
        SCRIPT,
        "catch (e) {\n    return e.message;",
        "catch (e) {\n    return null",
        "",
    ),
    ("typescript", SCRIPT, "\n    return e.message;", "\n  ", ""),
    ("typescript", PUT, "store.put(itm)", "store.put(item).catch(() => 0)", ""),
    ("typescript", PUT, "store.put(itm)", "store.put(item).catch(async (e) => [])", ""),
    ("javascript", PUT, "store.put(itm)", "store.put(item).catch(noop)", ""),
    ("javascript", PUT, "store.put(itm)", "store.put(item).catch(function () {})", ""),
    ("typescript", PUT, "await store.put(itm);", "try { g(); } catch { break; }", ""),
    (
        *("python", PYTHON, "    return user.name", "    try:\n        return user.name\n"),
        "    except Exception:\n        return None",
    ),
    ("ruby", "x = f(y)\n", "f(y)", "f(z) rescue nil", ""),
    ("rust", SEND, "tx.send(n);", "if tx.send(n).is_err() {\n            continue;\n        }", ""),
    ("rust", SEND, "tx.send(n);", "if save(n).is_err() {\n            break;\n        }", ""),
    ("rust", SEND, "tx.send(n);", "if api.send(n).is_err() {\n            break;\n        }", ""),
    ("go", GO, "\treturn data", "\tif err != nil {\n\t\tcfg.Port = 0\n\t}\n", "\treturn data"),
    ("go", GO, "\treturn data", "\tif err != nil {\n\t\terr = nil\n\t}\n", "\treturn data"),
    ("go", GO, "\treturn data", "\tif err == ErrPoor {\n\t\terr = nil\n\t}\n", "\treturn data"),
    ("go", GO, "\treturn data", "\terr = nil\n", "\treturn data"),
    ("swift", "let x = f()\n", "f()", "try? f()", ""),
    ("shellscript", "cd a\nrm b\n", "cd a", "cd a || true", ""),
]


@pytest.mark.parametrize(("language", "before", "old", "new", "rest"), DROPPED)
def test_a_failure_that_is_dropped_is_told(
    language: str, before: str, old: str, new: str, rest: str
) -> None:
    facts = mended(language, before, old, new + rest)
    assert hatch(facts)
    assert judge(facts, DEFAULT).band in {Band.REVIEW, Band.BLOCK}


@pytest.mark.parametrize(
    "new",
    [
        "if let Ok(()) = remove(p) {}",
        "_ = remove(p);",
        "remove(p).map_or((), |_| ());",
        "remove(p).err();",
        "match remove(p) {\n        Ok(()) => {}\n        Err(_) => return Ok(()),\n    }",
    ],
)
def test_a_result_that_must_be_used_is_not_used_by_these(new: str) -> None:
    assert hatch(mended("rust", RUST, "remove(p);", new, "unused_must_use"))


HANDED_ON = [
    ("rust", RUST, "remove(p);", "remove(p)?;"),
    ("rust", RUST, "remove(p);", "match remove(p) {\n Ok(()) => {}\n Err(e) => return Err(e),\n}"),
    ("rust", CAST, "sum / 2", "u32::try_from(sum / 2).unwrap_or(u32::MAX)"),
    ("rust", CAST, "sum / 2", "names.get(1).copied().unwrap_or_default()"),
    (
        *("rust", CAST, "sum / 2"),
        "usize::try_from(sum).ok().and_then(|at| all.get(at)).copied().unwrap_or(0)",
    ),
    ("go", GO, "return data, nil", "return data, err"),
    ("go", GO, "\treturn data", "\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn data"),
    (
        *("go", GO, "\treturn data"),
        "\tif err != nil {\n\t\treturn nil, ErrNone\n\t}\n\treturn data",
    ),
    ("go", GO, "\treturn data", "\tif old != nil {\n\t\treturn old, nil\n\t}\n\treturn data"),
    (
        *("go", GO, "\treturn data, nil"),
        "\tif err == nil {\n\t\treturn data, nil\n\t}\n\treturn nil, err",
    ),
    ("go", PARSE, "&c", "&d"),
    ("typescript", SCRIPT, "e.message", "String(e)"),
    ("typescript", SCRIPT, "e.message", "e instanceof Error ? e.message : ''"),
    ("typescript", SCRIPT, "return e.message", "throw new Failed(e)"),
    ("typescript", PUT, "store.put(itm)", "store.put(item).catch(report)"),
    (
        *("python", PYTHON, "    return user.name"),
        "    try:\n        return user.name\n    except KeyError:\n        return None",
    ),
    ("typescript", PUT, "store.put(itm)", "store.put(item) || true"),
    ("rust", SEND, "tx.send(n);", "if tx.send(n).is_err() {\n            break;\n        }"),
    (
        "rust",
        SEND,
        "tx.send(n);",
        "if self.tx.send(n).await.is_err() {\n            break;\n        }",
    ),
    (
        "go",
        GO,
        "\treturn data",
        "\tif err != nil {\n\t\tstatus.Healthy = false\n\t}\n\treturn data",
    ),
    ("go", GO, "\treturn data", "\tif err == io.EOF {\n\t\terr = nil\n\t}\n\treturn data"),
    (
        *("go", GO, "\treturn data"),
        "\tif errors.Is(err, sql.ErrNoRows) {\n\t\terr = nil\n\t}\n\treturn data",
    ),
]


@pytest.mark.parametrize(("language", "before", "old", "new"), HANDED_ON)
def test_a_failure_that_is_handed_on_is_no_way_around(
    language: str, before: str, old: str, new: str
) -> None:
    assert not hatch(mended(language, before, old, new))


def test_what_was_all_that_told_of_a_failure_may_not_go() -> None:
    before = "try {\n  f();\n} catch (e) {\n  console.log(e);\n}\n"
    assert hatch(
        changed(before, before.replace("  console.log(e);\n", ""), "javascript", "console")
    )


SAME = [
    ("python", "except OSError:\n        pass", "suppress(OSError):\n        f()"),
    ("python", "except (A, B) as e:\n        pass", "suppress(A, B):\n        f()"),
    ("python", "except:\n        pass", "except Exception:\n        pass"),
    ("python", "except:\n        return None", "except Exception:\n        return None"),
    ("javascript", "catch (e) { }", "catch { }"),
    ("javascript", "catch (e) { return null; }", "catch { return null; }"),
    ("go", "err != nil {\n\t\treturn 0, nil\n", 'err != nil {\n\t\treturn "", nil\n'),
]


@pytest.mark.parametrize(("language", "old", "new"), SAME)
def test_another_way_to_drop_the_same_failure_is_none(language: str, old: str, new: str) -> None:
    before = f"{old}\nafter()\n"
    facts = changed(before, before.replace(old, new), language, at=old)
    assert not hatch(facts)


def test_more_failures_that_are_dropped_than_before_are_told() -> None:
    before = "try:\n    f()\nexcept OSError:\n    pass\n"
    for wider in ("except (OSError, KeyError):", "except Exception:", "except:"):
        assert hatch(changed(before, before.replace("except OSError:", wider), at="except"))


def test_where_just_that_is_the_problem_another_way_is_none_either() -> None:
    before = "try:\n    f()\nexcept OSError:\n    pass\n"
    after = "with suppress(OSError):\n    f()\n"
    facts = changed(before, after, at="except OSError")
    named = "`try`-`except`-`pass` detected, consider logging the error"
    assert hatch(replace(facts, target=replace(TARGET, code="S110", message=named)))
    proposed = "Use `contextlib.suppress(OSError)` instead of `try`-`except`-`pass`"
    assert not hatch(replace(facts, target=replace(TARGET, code="SIM105", message=proposed)))
