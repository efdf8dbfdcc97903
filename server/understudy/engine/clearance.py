"""What may leave, and in what form: the last thing that stands before a prompt is sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from understudy.core.addresses import is_loopback
from understudy.core.failures import CallError, Evidence, Failure, FailureCategory
from understudy.providers import provider_named
from understudy.wire import Message
from understudy.workspace.ignore import IgnoreFiles, is_ignored
from understudy.workspace.secret_files import holds_secrets
from understudy.workspace.secrets import find_masks, find_scraps, unmask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from understudy.config.settings import PrivacySettings, Settings
    from understudy.models.registry import Model
    from understudy.prompt import Prompt
    from understudy.workspace.secrets import Masks
    from understudy.workspace.view import View


@dataclass(frozen=True, slots=True)
class Cleared:
    """Messages without secrets, and what stands for each of them."""

    messages: tuple[Message, ...]
    masks: Mapping[str, str]


def why_not(view: View, model: Model, settings: Settings) -> str:
    """Why a document's text may not be sent to a model, as a sentence; empty when it may.

    Reads ignore files from the disk.
    """
    return barred(view, model, settings) or _not_agreed(view, model, settings)


def cleared(prompt: Prompt, document: str) -> Cleared:
    """The prompt as messages in which every secret is masked, equal ones by equal masks.

    Args:
        prompt: everything that is to be sent.
        document: the whole text of which the prompt shows parts: a part may begin inside a secret.
    """
    texts, masks = prompt.masks.mask_all([turn.text for turn in prompt.turns], document)
    messages = tuple(
        Message(turn.role, text, turn.stable)
        for turn, text in zip(prompt.turns, texts, strict=True)
    )
    return Cleared(messages, MappingProxyType(dict(masks)))


def restored(text: str, sent: Cleared) -> str:
    """A reply with every mask turned back into its secret.

    Raises:
        CallError: when it holds a mask that stands for nothing, or what is left of a damaged one:
            there a secret would be lost.
    """
    told = {one for message in sent.messages for one in find_masks(message.text)}
    lost = {one for one in find_masks(text) if one not in told}
    if sent.masks:
        scraps = frozenset().union(*(find_scraps(message.text) for message in sent.messages))
        lost |= find_scraps(text) - scraps
    if not lost:
        return unmask(text, sent.masks)
    message = "The reply holds a mask that stands for no secret, so its edit would lose one."
    raise CallError(_loses_secret(message, min(lost), "parse:unknown_mask"))


def drops_secret(before: str, after: str, document: str, run: Masks) -> Failure | None:
    """The failure of an edit that leaves a secret out, which the model saw as a mask.

    Args:
        before: the lines that the model was to rewrite.
        after: the whole document with the edit.
        document: the whole document without it.
        run: the masks by which the model was asked.
    """
    _, masks = run.mask_all((before,), document)
    lost = [name for name, secret in masks.items() if after.count(secret) < document.count(secret)]
    if not lost:
        return None
    message = (
        f"The reply leaves out `{lost[0]}`, which stands in these lines, so its edit would lose a"
        " secret."
    )
    return _loses_secret(message, lost[0], "parse:dropped_mask")


def _loses_secret(message: str, evidence: str, fingerprint: str) -> Failure:
    return Failure(
        category=FailureCategory.EDIT_APPLY_FAILED,
        phase="parse",
        blame="model",
        message=message,
        advice="refine",
        evidence=Evidence("reply", evidence[:100]),
        fingerprint=fingerprint,
    )


def barred(
    view: View, model: Model | None, settings: Settings, ignore: IgnoreFiles | None = None
) -> str:
    """Why the text may not go there, whatever the user agrees to, as a sentence; empty when it may.

    Args:
        view: the document.
        model: who would get it; None for somebody on this machine.
        settings: with what the user keeps private.
        ignore: what was read so far; without it, ignore files are read.
    """
    privacy = settings.privacy
    if not view.policy.may_ask_models:
        return "The workspace is not trusted, so nothing of it is sent to any model."
    if any(holds_secrets(place) for place in _places(view)):
        return f"`{view.name}` is a file for secrets by its name, so no model sees it."
    if _matches(view, privacy.exclude):
        return f"`{view.name}` is excluded from models by `privacy.exclude`."
    here = model is None or stays_here(model, settings)
    return "" if here else _kept_here(view, privacy, ignore)


def _kept_here(view: View, privacy: PrivacySettings, ignore: IgnoreFiles | None) -> str:
    """Why the text may not leave the machine."""
    if view.root is None:
        return f"`{view.name}` lies in no workspace folder, so it stays on this machine."
    if _matches(view, privacy.local_only):
        return f"`{view.name}` stays on this machine (`privacy.local_only`)."
    if view.path is None or left_out_by_ignore_files(view, ignore):
        return f"`{view.name}` is ignored (`.gitignore`, `.understudyignore`), so it stays here."
    return ""


def left_out_by_ignore_files(view: View, ignore: IgnoreFiles | None = None) -> bool:
    """Whether ignore files are about a document, or about what it is a link to. Reads them."""
    files = IgnoreFiles() if ignore is None else ignore
    return any(files.leave_out(path, view.root) for path in _real_paths(view))


def left_out_within(view: View, ignore: IgnoreFiles | None = None) -> bool:
    """As above; but a folder that is ignored itself was opened all the same, and its files count."""
    if not left_out_by_ignore_files(view, ignore):
        return False
    return view.root is None or not is_ignored(view.root, None)


def _not_agreed(view: View, model: Model, settings: Settings) -> str:
    if stays_here(model, settings) or model.provider in view.policy.clouds:
        return ""
    return (
        f"Nobody agreed yet that code of this workspace is sent to `{model.provider}`."
        " Agree with `Understudy: Consent` in VS Code, elsewhere with"
        f" `understudy consent {model.provider}`."
    )


def stays_here(model: Model, settings: Settings) -> bool:
    """Whether a model runs on this machine: it says so, and so does the address it is asked at."""
    if model.locality == "built-in":
        return True
    provider = provider_named(model.provider, settings)
    return (
        model.locality == "local"
        and provider is not None
        and is_loopback(provider.address(settings))
    )


def _real_paths(view: View) -> tuple[Path, ...]:
    """Where the document lies, and where it really lies if that is a link."""
    if view.path is None:
        return ()
    try:
        return tuple(dict.fromkeys((view.path, view.path.resolve())))
    except (OSError, RuntimeError):
        return (view.path,)


def _places(view: View) -> tuple[PurePath, ...]:
    """The document's names. A notebook's cell has the notebook's."""
    if view.path is not None:
        return _real_paths(view)
    _, _, rest = view.uri.partition(":")
    return (PurePosixPath(unquote(rest.partition("#")[0])),)


def _matches(view: View, patterns: tuple[str, ...]) -> bool:
    """Whether a document is meant by patterns as `.gitignore` has them.

    Patterns that can't be read mean every document.
    """
    if not patterns:
        return False
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        return True
    return any(spec.match_file(name) for name in _names(view))


def _names(view: View) -> Iterator[str]:
    """The document's names from the workspace folder, or else from the top of the disk."""
    for place in _places(view):
        is_inside = view.root is not None and place.is_relative_to(view.root)
        below = place.relative_to(view.root) if view.root is not None and is_inside else place
        yield below.as_posix().removeprefix(below.anchor.replace("\\", "/")).lstrip("/")
