"""How lessons stand, by all that the journal knows of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.learning.evidence import Since, evidence_of
from understudy.learning.identity import digest, identity, remedy_digest
from understudy.learning.matching import caused_by
from understudy.learning.recall import Seen
from understudy.learning.standing import Known, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from understudy.config.learning_settings import LearningSettings
    from understudy.learning.evidence import Use
    from understudy.learning.lesson import Lesson
    from understudy.learning.recall import Recalled
    from understudy.learning.standing import Standing

_UNSEEN = Seen()


@dataclass(frozen=True, slots=True)
class Judge:
    """What lessons are judged by.

    Attributes:
        recalled: what the journal knows.
        rules: thresholds.
        now_us: microseconds since 1970.
        workspace: the id of the workspace that is asked about; empty for none.
        revision: the version of a model by its id; empty where it is not known.
    """

    recalled: Recalled
    rules: LearningSettings
    now_us: int
    workspace: str = ""
    revision: Callable[[str], str] = lambda _: ""

    def standing(self, lesson: Lesson) -> Standing:
        """How a lesson stands."""
        own = identity(lesson)
        agreed = self._agreed(lesson, own)
        came_back_us = self.seen(lesson).came_back_us
        resumed_us = max(self._said(own, "resumed"), self._said(own, "accepted"))
        revision = self.revision(lesson.scope.model) if lesson.scope.model else ""
        since = Since(revision, fresh_us=came_back_us, harms_us=resumed_us)
        evidence = evidence_of(self._uses(lesson, own), self.now_us, self.rules, since)
        known = Known(
            rejected=bool(self._said(own, "rejected")),
            switched_off=bool(self._said(own, "off")),
            came_back=came_back_us > resumed_us,
            revision=revision,
        )
        return standing(agreed, evidence, self.rules, known)

    def seen(self, lesson: Lesson) -> Seen:
        """When the failure of a lesson was seen."""
        return self.recalled.seen.get(identity(lesson), _UNSEEN)

    def _agreed(self, lesson: Lesson, own: str) -> Lesson:
        """The lesson with the review that counts: files of a workspace can't vouch for themselves."""
        if lesson.scope.level != "workspace":
            return lesson
        said = self.recalled.said.get((own, self.workspace, "accepted"))
        agreed = said is not None and said[0] == digest(lesson)
        if lesson.review == "rejected":
            return lesson
        return replace(lesson, review="accepted" if agreed else "waiting")

    def _said(self, own: str, decision: str) -> int:
        """When a person said something of a lesson, for this workspace or all of them; 0 for never."""
        places = {"", self.workspace}
        found = [self.recalled.said.get((own, place, decision), ("", 0)) for place in places]
        return max(at_us for _, at_us in found)

    def _uses(self, lesson: Lesson, own: str) -> Iterator[Use]:
        """The uses of a lesson in its present words."""
        present = remedy_digest(lesson)
        for one in self.recalled.uses.get(own, ()):
            if one.digest != present:
                continue
            own_failure = one.failed is not None and caused_by(lesson.trigger, one.failed)
            is_in = one.use.role == "in"
            yield replace(one.use, harm=is_in and one.undone, missed=is_in and own_failure)
