"""Which model was probably meant by a name that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.models.registry import all_ids, find_model
from understudy.models.vendors import vendor_of

if TYPE_CHECKING:
    from understudy.config.settings import Settings

_LONGEST_NAME = 60


def no_such_model(name: str, settings: Settings, where: str = "") -> str:
    """What is said about a name that is no model's, with the model that was probably meant.

    Args:
        name: what was said.
        settings: with the models that there are.
        where: where their names are found, as a sentence; empty for somebody who has the program at hand.
    """
    provider = _unusable(name.lstrip("@"), settings)
    if provider:
        return (
            f"The model `{name[:_LONGEST_NAME]}` can't be asked, because `providers.{provider}` does"
            " not count as it is set. `understudy config show` tells why."
        )
    near = meant_by(name, settings)
    where = where or "`understudy models list --all` names them."
    advice = f"Did you mean `{near}`?" if near else where
    return f"There is no model `{name[:_LONGEST_NAME]}`. {advice}"


def meant_by(name: str, settings: Settings) -> str:
    """The id of the model that was probably meant; empty when none is near.

    Of several providers that have it, that is the one whose model a name alone stands for.
    """
    # Brings in what reads settings, which the server's start must not wait for.
    from understudy.config.wording import nearest_id

    wanted = name.lstrip("@")[:_LONGEST_NAME]
    # A model that settings describe has an id, though nobody may know its provider.
    ids = [one for one in all_ids(settings) if find_model(settings, one) is not None]
    near = nearest_id(wanted, ids) or nearest_id(wanted.partition("/")[2], ids)
    model = find_model(settings, near) if near else None
    return near or "" if model is None else model.id


def _unusable(name: str, settings: Settings) -> str:
    """The provider of a model, where settings name it in a way that can't be used; empty else."""
    own = settings.models.get(name)
    provider = (own.provider if own is not None else "") or name.partition("/")[0]
    there = provider in settings.providers and "/" in name
    return provider if there and vendor_of(provider, settings) is None else ""
