"""Lessons as editors show them, and what users say of them. Everything here reads files, and blocks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.core.plural import plural
from understudy.engine.lessons_listed import Place, as_json, carry_out, listed_lessons
from understudy.engine.lessons_text import document
from understudy.learning.reviewing import ACTIONS, Review
from understudy.learning.shelf import load_shelf
from understudy.lsp.lesson_choices import choices
from understudy.lsp.lesson_exchanges import LessonRow
from understudy.lsp.recorded import store_rows
from understudy.lsp.structuring import structured

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.engine.lessons_listed import Listed
    from understudy.lsp.app import App
    from understudy.lsp.extensions import LessonsArguments, ReviewLessonArguments


def rows(app: App, asked: LessonsArguments) -> list[LessonRow]:
    """All lessons.

    Raises:
        UnavailableError: the journal can't be read.
    """
    store_rows(app)
    place = place_of(app, asked)
    return [_row(one) for one in listed_lessons(place)]


def _row(one: Listed) -> LessonRow:
    said = [asdict(each) for each in choices(one.lesson.id, one.state, one.like)]
    return structured(LessonRow, "learning/list", {**as_json(one), "choices": said})


def in_words(app: App, asked: LessonsArguments) -> tuple[str, str]:
    """`(the report, the same in short)`."""
    store_rows(app)
    found = listed_lessons(place_of(app, asked))
    waiting = sum(one.state == "waiting" for one in found)
    return document(found), f"{plural(len(found), 'lesson')}, {waiting} to review."


def said(app: App, asked: ReviewLessonArguments) -> str:
    """Carry out what a user says of a lesson.

    Raises:
        BadRequestError: there is no such lesson, or nothing like that can be said.
        RefusedError: it can't be done with this one.
        UnavailableError: a file or the journal can't be written.
    """
    action = next((one for one in ACTIONS if one == asked.action), None)
    if action is None:
        raise BadRequestError(f"`action` must be one of {', '.join(ACTIONS)}.")
    place = place_of(app, asked)
    review = Review(
        action, asked.id, body=asked.words or "", into=asked.into or "", workspace=place.workspace
    )
    return carry_out(review, place)


def file_of(app: App, asked: ReviewLessonArguments) -> str:
    """The URI of a lesson's file.

    Raises:
        BadRequestError: there is no such lesson.
    """
    from pathlib import Path

    lesson = load_shelf(_root(app, asked)).find(asked.id)
    if lesson is None:
        raise BadRequestError(f"There is no lesson `{asked.id}`.")
    return Path(lesson.path).as_uri()


def place_of(app: App, asked: LessonsArguments) -> Place:
    """From where lessons are looked at."""
    root = _root(app, asked)
    return Place(app.session.settings_for(root), root)


def _root(app: App, asked: LessonsArguments) -> Path | None:
    if asked.uri and (root := app.session.root_of_uri(asked.uri)) is not None:
        return root
    return next(iter(app.session.roots), None)
