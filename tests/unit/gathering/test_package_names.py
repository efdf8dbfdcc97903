"""Go: a package is called by its `package` clause, whatever its folder is called."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import candidates, needed, of_tier

RATE = "package rate\n\nfunc Convert(a int) int { return a }\n"


def asked(
    files: dict[str, str], imports: str, used: str = "rate.Convert(1)"
) -> set[tuple[str, str]]:
    whole = {"go.mod": "module ex.org/s\n", **files}
    whole["bill/bill.go"] = f"package bill\n\nimport ({imports})\n\nfunc Total() {{\n\t{used}\n}}\n"
    start = 4 + imports.count("\n")
    return needed(whole, "bill/bill.go", range(start, start + 3))


@pytest.mark.parametrize(
    ("folder", "imported", "more"),
    [
        ("go-rate", '"ex.org/s/go-rate"', {}),
        ("rate-go", '"ex.org/s/rate-go"', {}),
        ("deep/other", '"ex.org/s/deep/other"', {}),
        ("go-rate", '"fmt"\n"ex.org/s/go-rate"\n', {}),
        ("go-rate/v2", '"ex.org/s/go-rate/v2"', {}),
        ("go-rate.v3", '"ex.org/s/go-rate.v3"', {}),
        ("go-rate", '"ex.org/s/go-rate/v2"', {"go-rate/go.mod": "module ex.org/s/go-rate/v2\n"}),
        ("go-rate", '"ex.org/go-rate"', {"go-rate/go.mod": "module ex.org/go-rate\n"}),
        (
            "fork/go-rate",
            '"ex.org/go-rate/v4"',
            {
                "go.mod": "module ex.org/s\n\nreplace ex.org/go-rate/v4 v4.1.0 => ./fork/go-rate\n",
                "fork/go-rate/go.mod": "module ex.org/go-rate/v4\n",
            },
        ),
        (
            "fork/go-rate/sub",
            '"ex.org/go-rate/sub"',
            {"go.mod": "module ex.org/s\n\nreplace (\n\tex.org/go-rate => ./fork/go-rate\n)\n"},
        ),
        ("rate", '"ex.org/s/rate"', {}),
        ("go-rate", 'rate "ex.org/s/go-rate"', {}),
        ("go-rate", '"ex.org/s/go-rate"', {"go-rate/rate_test.go": "package rate_test\n"}),
        ("go-rate", '"ex.org/s/go-rate"', {"go-rate/gen.go": "package main\n"}),
        # The folder of another import is called as this package is.
        ("go-rate", '"ex.org/s/rate"\n"ex.org/s/go-rate"\n', {"rate/a.go": "package money\n"}),
    ],
)
def test_a_package_is_called_as_it_calls_itself(
    folder: str, imported: str, more: dict[str, str]
) -> None:
    place = f"{folder}/rate.go"
    assert asked({place: RATE, **more}, imported) == {(place, "Convert")}


def test_what_has_another_name_here_is_not_called_by_its_own() -> None:
    assert asked({"go-rate/rate.go": RATE}, 'money "ex.org/s/go-rate"') == set()
    assert asked({"go-rate/rate.go": RATE}, '_ "ex.org/s/go-rate"') == set()


def test_a_name_of_the_file_itself_goes_before_that_of_a_package() -> None:
    own = "rate.Convert(1)\n}\n\nvar rate = Own{}\n\ntype Own struct{}\n\nfunc (o Own) Convert(a int) {"
    assert asked({"go-rate/rate.go": RATE}, '"ex.org/s/go-rate"', own) == set()


def test_types_of_signatures_in_such_packages_come_along() -> None:
    files = {
        "go.mod": "module ex.org/s\n",
        "go-kind/kind.go": "package kind\n\ntype Kind struct{ A int }\n",
        "make/make.go": (
            'package make\n\nimport "ex.org/s/go-kind"\n\nfunc Give() kind.Kind { return kind.Kind{} }\n'
        ),
        "main.go": 'package main\n\nimport "ex.org/s/make"\n\nfunc f() {\n\tmake.Give()\n}\n',
    }
    found = of_tier(candidates(files, "main.go", range(4, 7)), "required_types")
    assert ("go-kind/kind.go", "Kind") in found


def test_the_import_of_such_a_package_is_shown_with_the_lines() -> None:
    more = "".join(f"// filler {n}\n" for n in range(900))
    text = (
        'package bill\n\nimport (\n\t"ex.org/s/go-rate"\n\t"ex.org/s/other"\n)\n\n'
        f"{more}\nfunc Total() {{\n\trate.Convert(1)\n}}\n"
    )
    files = {"go.mod": "module ex.org/s\n", "go-rate/rate.go": RATE, "bill.go": text}
    at = text.count("\n")
    (item,) = of_tier(candidates(files, "bill.go", range(at - 3, at)), "target_file").values()
    assert '"ex.org/s/go-rate"' in item.levels[0].text
    assert '"ex.org/s/other"' not in item.levels[0].text
