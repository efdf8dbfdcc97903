from __future__ import annotations

from dataclasses import replace

from tests.unit.engine.findings_factory import at, broken
from understudy.engine.identity import same_matter, stem


def test_numbers_outside_of_quotes_leave_the_stem() -> None:
    assert stem("Redefinition of `x 2` from line 5") == "Redefinition of `x 2` from line #"
    assert stem("can't use 3 of x2") == "can't use # of x2"


def test_tools_talk_about_the_same_matter_by_code_or_by_name() -> None:
    one = at("os\n", "os", "F401", message="`os` imported but unused")
    assert same_matter(one, replace(one, source="flake8", message="'os' unused"))
    assert same_matter(one, replace(one, code="x", message="Import “os” is not accessed"))
    assert not same_matter(one, replace(one, code="x", message="`path` is odd"))
    assert not same_matter(one, broken("os\n", "os", "`os` is odd"))
