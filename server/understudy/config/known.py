"""What configuration is told of the rooms that it can't look into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.config.settings import OFFLINE_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from understudy.config.guards import KeyPath
    from understudy.config.settings import Settings


def _only_offline(_settings: Settings) -> Collection[str]:
    return (OFFLINE_MODEL,)


def _no_remarks(_settings: Settings) -> Collection[Remark]:
    return ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What someone who knows models has to say about a setting; it counts all the same.

    Attributes:
        verb: what follows the setting's name in a sentence, without a full stop.
        item: the item of a list that it is about, and its place, or -1 where the order got lost;
            None for the whole value.
        meant: what the item, or the key, probably should be; empty when that is not known.
        on_key: whether it is the key that is odd, and not its value.
        is_hint: whether nothing is wrong with the setting itself, but with what it counts on.
    """

    path: KeyPath
    verb: str
    item: tuple[int, str] | None = None
    meant: str = ""
    is_hint: bool = False
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What exists in rooms that configuration can't look into.

    Attributes:
        checkers: gives the ids of all checkers; None when any id is taken.
        providers: gives the ids of all providers, each with the environment variable of its key.
        models: gives the ids that a setting may name, given all other settings.
        is_model: whether a setting may name this model, under whatever id; None: by `models`.
        remarks: gives what seems wrong about settings that are right by themselves.
    """

    checkers: Callable[[], Collection[str]] | None = None
    providers: Callable[[], Mapping[str, str]] = dict
    models: Callable[[Settings], Collection[str]] = _only_offline
    is_model: Callable[[Settings, str], bool] | None = None
    remarks: Callable[[Settings], Collection[Remark]] = _no_remarks
