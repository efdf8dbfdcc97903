"""What may be sent to a model, and in what form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workspace.planted_secrets import KEY_BODY, TOKENS, armour
from understudy.config.policy import Policy, Trust
from understudy.config.settings import PrivacySettings, ProviderSettings, Settings
from understudy.core.failures import CallError, FailureCategory
from understudy.engine.clearance import cleared, drops_secret, restored, why_not
from understudy.engine.sendable import samples_for
from understudy.engine.subject import Wish
from understudy.models.model import Model
from understudy.prompt import Part, Prompt, Turn
from understudy.workspace.secrets import Masks, find_masks
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = TOKENS[0][1]
AGREED = Policy(Trust.RESTRICTED, clouds=frozenset({"anthropic"}))
CLOUD = Model("anthropic/x", "standard", "cloud", frozenset(), provider="anthropic", name="x")
LOCAL = Model("ollama/x", "free", "local", frozenset(), provider="ollama", name="x")


def viewed(root: Path, name: str = "a.py", policy: Policy = AGREED) -> View:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return View(path.as_uri(), "", policy, path=path, root=root)


def private(exclude: tuple[str, ...] = (), local_only: tuple[str, ...] = ()) -> Settings:
    return Settings(privacy=PrivacySettings(exclude, local_only))


def test_code_that_the_user_agreed_to_send_may_be_sent(tmp_path: Path) -> None:
    assert why_not(viewed(tmp_path), CLOUD, Settings()) == ""


def test_without_consent_only_models_on_this_machine_are_asked(tmp_path: Path) -> None:
    for clouds in ((), ("openai",)):
        view = viewed(tmp_path, policy=Policy(Trust.TRUSTED, clouds=frozenset(clouds)))
        assert "understudy consent anthropic" in why_not(view, CLOUD, Settings())
        assert why_not(view, LOCAL, Settings()) == ""
        assert not why_not(view, LOCAL, Settings())


def test_nobody_is_asked_to_agree_to_what_is_not_sent_anyway(tmp_path: Path) -> None:
    view = viewed(tmp_path, policy=Policy(Trust.TRUSTED))
    assert "privacy.local_only" in why_not(view, CLOUD, private(local_only=("*.py",)))


@pytest.mark.parametrize("model", [CLOUD, LOCAL])
def test_an_untrusted_workspace_sends_nothing_to_anybody(tmp_path: Path, model: Model) -> None:
    view = viewed(tmp_path, policy=replace(AGREED, trust=Trust.UNTRUSTED))
    assert "not trusted" in why_not(view, model, Settings())


@pytest.mark.parametrize("model", [CLOUD, LOCAL])
@pytest.mark.parametrize("name", [".env", "deploy/id_rsa", "x.pem", ".aws/config"])
def test_files_for_secrets_are_shown_to_no_model(tmp_path: Path, model: Model, name: str) -> None:
    assert "file for secrets" in why_not(viewed(tmp_path, name), model, Settings())


@pytest.mark.parametrize("model", [CLOUD, LOCAL])
def test_a_link_to_a_file_for_secrets_is_one(tmp_path: Path, model: Model) -> None:
    view = viewed(tmp_path, "harmless.py")
    (tmp_path / ".env").write_text("")
    (tmp_path / "harmless.py").symlink_to(tmp_path / ".env")
    assert "file for secrets" in why_not(view, model, Settings())


@pytest.mark.parametrize("model", [CLOUD, LOCAL])
@pytest.mark.parametrize("pattern", ["*.py", "/deep/", "deep", "deep/**/*.py", "*"])
def test_excluded_files_are_shown_to_no_model(tmp_path: Path, model: Model, pattern: str) -> None:
    view = viewed(tmp_path, "deep/er/a.py")
    assert "privacy.exclude" in why_not(view, model, private((pattern,)))
    assert why_not(view, model, private(("other/", "/a.py"))) == ""


@pytest.mark.parametrize("model", [CLOUD, LOCAL])
def test_patterns_that_can_not_be_read_exclude_everything(tmp_path: Path, model: Model) -> None:
    assert "privacy.exclude" in why_not(viewed(tmp_path), model, private(("other", "!")))


def test_local_files_are_shown_to_local_models_alone(tmp_path: Path) -> None:
    view, settings = viewed(tmp_path, "sql/a.py"), private(local_only=("sql/",))
    assert "privacy.local_only" in why_not(view, CLOUD, settings)
    assert why_not(view, LOCAL, settings) == ""
    assert why_not(viewed(tmp_path, "b.py"), CLOUD, settings) == ""


@pytest.mark.parametrize("name", [".gitignore", ".understudyignore"])
@pytest.mark.parametrize("in_git", [True, False])
def test_ignored_files_stay_on_this_machine(tmp_path: Path, name: str, in_git: bool) -> None:
    if in_git:
        (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text("out/\n/own.py\n")
    for ignored in ("own.py", "out/a.py", "b/out/deep/a.py"):
        view = viewed(tmp_path, ignored)
        assert "is ignored" in why_not(view, CLOUD, Settings())
        assert why_not(view, LOCAL, Settings()) == ""
    assert why_not(viewed(tmp_path, "b/own.py"), CLOUD, Settings()) == ""


@pytest.mark.parametrize("model", [CLOUD, LOCAL])
def test_a_sample_that_is_ignored_by_now_is_shown_to_no_model(tmp_path: Path, model: Model) -> None:
    sample = viewed(tmp_path, "tests/test_a.py")
    wish = Wish("Write tests.", range(1), samples={sample.name: sample})
    assert samples_for(wish, model, Settings()) == wish.samples
    (tmp_path / ".understudyignore").write_text("tests/\n", "utf-8")
    assert samples_for(wish, model, Settings()) == {}


def test_a_link_to_an_ignored_file_is_ignored(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.py").write_text("")
    (tmp_path / "a.py").symlink_to(tmp_path / "out" / "x.py")
    assert "is ignored" in why_not(viewed(tmp_path), CLOUD, Settings())


def test_what_lies_in_no_workspace_folder_stays_on_this_machine(tmp_path: Path) -> None:
    for view in (
        View("untitled:Untitled-1", "", AGREED),
        replace(viewed(tmp_path), root=None),
        View("vscode-notebook-cell:/w/private/n.ipynb#W0", "", AGREED),
    ):
        assert "no workspace folder" in why_not(view, CLOUD, Settings())
        assert why_not(view, LOCAL, Settings()) == ""
        assert "privacy.exclude" in why_not(view, LOCAL, private(("*",)))


def test_the_cell_of_a_notebook_is_excluded_with_it() -> None:
    cell = View("vscode-notebook-cell:/w/private/n%20b.ipynb#W0", "", AGREED)
    for pattern in ("private/", "n b.ipynb", "*.ipynb"):
        assert "privacy.exclude" in why_not(cell, LOCAL, private((pattern,)))


@pytest.mark.parametrize(
    ("model", "url"),
    [
        (LOCAL, "http://192.168.0.7:11434"),
        (LOCAL, "https://ollama.example.com"),
        (replace(LOCAL, provider="nobody"), ""),
        (replace(LOCAL, locality="cloud"), "http://127.0.0.1:11434"),
    ],
)
def test_a_model_is_local_only_if_it_and_its_address_say_so(
    tmp_path: Path, model: Model, url: str
) -> None:
    settings = Settings(providers={"ollama": ProviderSettings(base_url=url)})
    assert "Nobody agreed" in why_not(viewed(tmp_path), model, settings)


def prompt_of(*texts: str) -> Prompt:
    return Prompt(tuple(Turn("user", (Part("part", text),)) for text in texts))


_PLANTED = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from([f" {token} " for _, token in TOKENS]),
        st.sampled_from(
            [
                f"\n{armour('PRIVATE KEY', KEY_BODY)}\n",
                *("<secret:aws:0000>", "<secret:", "secret:aws:ab12", "\x000\x00", "\x001\x00"),
            ]
        ),
    ),
    max_size=6,
).map("".join)


@given(st.lists(_PLANTED, min_size=1, max_size=4), _PLANTED)
def test_no_secret_is_in_a_message_and_every_echo_gives_the_text_back(
    texts: list[str], document: str
) -> None:
    sent = cleared(prompt_of(*texts), document)
    for text, message in zip(texts, sent.messages, strict=True):
        assert not any(token in message.text for _, token in TOKENS)
        assert not any(line in message.text for line in KEY_BODY.split("\n"))
        assert restored(message.text, sent) == text


def test_turns_keep_their_roles_and_their_marks_for_the_providers_cache() -> None:
    turns = (
        Turn("system", (Part("a", "one"), Part("b", "two")), stable=True),
        Turn("user", (Part("c", f"x = '{TOKEN}'"),)),
    )
    system, user = cleared(Prompt(turns), "").messages
    assert (system.role, system.text, system.stable) == ("system", "one\n\ntwo", True)
    assert (user.role, user.stable) == ("user", False)
    assert TOKEN not in user.text


def test_a_private_key_does_not_reach_into_the_next_turn() -> None:
    begin = "-----BEGIN " + "PRIVATE KEY-----\n" + KEY_BODY
    sent = cleared(prompt_of(begin, f"{KEY_BODY}\nnext"), "")
    assert sent.messages[1].text.endswith("next")
    assert restored(sent.messages[0].text, sent) == begin


def test_the_rest_of_a_key_is_masked_where_the_prompt_begins_inside_of_it() -> None:
    document = f"KEY = '''{armour('PRIVATE KEY', KEY_BODY)}'''\nx = 1\n"
    shown = document[document.index("\n", 60) :]
    sent = cleared(prompt_of(shown), document)
    assert not any(line in sent.messages[0].text for line in KEY_BODY.split("\n"))
    assert restored(sent.messages[0].text, sent) == shown


@pytest.mark.parametrize(
    "damage",
    [
        "<secret:aws:0000>",
        "<secret:github:ab12>",
        "{name} <secret:aws:ffffffff>",
        "{core}",
        "<{core}",
        "{upper}",
        "x = '<secret:aws'",
        "&lt;{core}&gt;",
    ],
)
def test_a_mask_that_is_unknown_or_damaged_refuses_the_edit(damage: str) -> None:
    sent = cleared(prompt_of(f"x = '{TOKEN}'"), "")
    (name,) = find_masks(sent.messages[0].text)
    reply = damage.format(name=name, core=name.strip("<>"), upper=name.upper())
    with pytest.raises(CallError) as caught:
        restored(reply, sent)
    assert caught.value.failure.category is FailureCategory.EDIT_APPLY_FAILED
    assert TOKEN not in caught.value.failure.evidence.text


def test_masks_that_the_code_itself_speaks_of_are_let_through() -> None:
    text = f"x = '<secret:aws:0000> <secret:'\ny = '{TOKEN}'"
    sent = cleared(prompt_of(text), text)
    assert restored(f"{sent.messages[0].text}\n", sent) == f"{text}\n"
    assert restored("nothing", sent) == "nothing"


def test_an_edit_that_leaves_a_secret_of_its_lines_out_is_refused() -> None:
    lines = f"token = '{TOKEN}'\n"
    document = f"import os\n{lines}print(token)\n"
    for replacement in ("token = 'YOUR_TOKEN'\n", ""):
        failure = drops_secret(lines, document.replace(lines, replacement), document, Masks())
        assert failure is not None
        assert failure.category is FailureCategory.EDIT_APPLY_FAILED
        assert TOKEN not in f"{failure.message}{failure.evidence.text}"
        assert find_masks(failure.message)
    kept = document.replace("token =", "key =")
    assert drops_secret(lines, kept, document, Masks()) is None
    without = document.replace("import os\n", "")
    assert drops_secret("import os\n", without, document, Masks()) is None
