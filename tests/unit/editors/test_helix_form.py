from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import RefusedError
from understudy.editors import Server, all_editors

(CLIENT,) = all_editors()["helix"].clients
FORM = CLIENT.form
SERVER = Server(("understudy", "serve"), ("python", "rust"))

MINE = """\
# mine
[language-server.ruff]
command = "ruff"   # the quick one

[[language]]
name = "rust"   # my rust
auto-format = true

[language.formatter]
command = "rustfmt"

[language-server.pyright]
command = "pyright"

[[language]]
name = "python"
language-servers = [
  "ruff", # one
  { name = "pyright", only-features = ["hover"] },
]
"""


def servers(text: str, name: str) -> Any:
    found = [one for one in tomllib.loads(text)["language"] if one["name"] == name]
    assert len(found) == 1
    return found[0]["language-servers"]


def test_what_the_user_has_is_added_to_where_it_stands() -> None:
    new = FORM.put(MINE, SERVER)
    changed = MINE.replace(
        'name = "rust"',
        'language-servers = ["rust-analyzer", "understudy"] # added by `understudy setup`\n'
        'name = "rust"',
    ).replace('["hover"] },\n', '["hover"] }, "understudy",\n')
    block = "\n# >>> understudy: `understudy setup` writes what stands here\n"
    assert new.startswith(changed + block)
    assert new.endswith('args = ["serve"]\n# <<< understudy\n')
    assert servers(new, "rust") == ["rust-analyzer", "understudy"]
    assert FORM.put(new, SERVER) == new
    assert FORM.remove(new) == MINE


def test_languages_of_which_the_user_says_nothing_get_the_usual_servers_besides() -> None:
    new = FORM.put("", SERVER)
    assert servers(new, "python") == ["ruff", "jedi", "pylsp", "understudy"]
    assert FORM.remove(new) == ""


def test_a_block_stays_where_it_is_while_the_user_writes_around_it() -> None:
    new = FORM.put("# above\n", SERVER) + '\n[[language]]\nname = "go"\n'
    assert FORM.put(new, SERVER) == new
    other = FORM.put(new, Server(("/opt/understudy", "serve"), ("python", "rust", "go")))
    assert other.startswith("# above\n\n# >>> understudy")
    assert FORM.command(other) == ("/opt/understudy", "serve")
    assert servers(other, "go") == ["gopls", "golangci-lint-lsp", "understudy"]


def test_a_server_that_was_written_by_hand_gets_the_command() -> None:
    mine = '[language-server.understudy]\ncommand = "/old"   # mine\nconfig = { a = 1 }\n'
    new = FORM.put(mine, SERVER)
    assert 'args = ["serve"]\ncommand = "understudy"   # mine\nconfig' in new
    assert FORM.put(new, SERVER) == new


@pytest.mark.parametrize(
    "text",
    [
        "language = [{ name = 'python' }]\n",
        "language-server = { ruff = { command = 'ruff' } }\n",
        "language = 3\n",
        "language-server = 3\n",
        "language-server.understudy = { command = 'x' }\n",
    ],
)
def test_what_can_not_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="by hand"):
        FORM.put(text, SERVER)


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(RefusedError, match=r"is no TOML that can be read: .* line 2"):
        FORM.put("a = 1\nb = = 2\n", SERVER)


PIECES = st.sampled_from(
    [
        '[[language]]\nname = "python"\n',
        '[[language]]\nname = "rust"\nlanguage-servers = []\n',
        '[[language]]\nlanguage-servers = ["a", "understudy", "b"]\nname = "go"\n',
        '[[language]]\nscope = "x"\n',
        '[language-server.ruff]\ncommand = "ruff"\n',
        '[language-server.understudy]\ncommand = "x"\n',
        "# a comment\n",
        "\n",
        "[other]\nlist = [\n  1, # one\n]\n",
        "use-grammars = 1\n",
        "# >>> understudy: `understudy setup` writes what stands here\n# <<< understudy\n",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join), st.sets(st.sampled_from(["python", "go"])))
def test_no_text_is_lost_and_a_second_run_changes_nothing(text: str, languages: set[str]) -> None:
    server = Server(("understudy", "serve"), tuple(sorted(languages)))
    try:
        new = FORM.put(text, server)
    except RefusedError:
        return
    assert FORM.put(new, server) == new
    assert FORM.command(new) == ("understudy", "serve")
    for line in text.split("\n"):
        if not line.startswith(("# >>>", "# <<<", "language-servers", "command", "args")):
            assert line in new.split("\n")
    assert "understudy" not in str(tomllib.loads(FORM.remove(new)).get("language"))


@given(st.text(alphabet='[]{}"\n=#abc., '))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        FORM.put(text, SERVER)
    except RefusedError:
        return
