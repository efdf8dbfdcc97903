"""What the journal keeps of one question to a model."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from understudy.engine.record import code_of, now_us, words_of
from understudy.journal import records
from understudy.journal.prompt_records import CallFragment, CallSpan
from understudy.models.registry import revision
from understudy.wire import Usage

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.engine.calling import Calling
    from understudy.engine.questions import Answered


def record_call(call: Calling, answered: Answered | None, failure: Failure | None) -> None:
    """One row of the journal for the call, however it ended."""
    question = call.question
    usage = call.usage or Usage()
    call.reach.recorder.record(
        records.Call(
            id=call.id,
            run_id=question.run_id,
            number=question.number,
            at_us=now_us(),
            model=question.model.id,
            provider=question.model.provider,
            how=question.how,
            status="answered" if answered else "failed",
            category=failure.category.value if failure else "",
            input_tokens=usage.input,
            cached_tokens=usage.cached,
            cache_written_tokens=usage.cache_written,
            output_tokens=usage.output,
            reasoning_tokens=usage.reasoning,
            cost_usd=call.cost,
            estimated_usd=call.estimated_usd,
            first_token_s=answered.reply.first_token_s if answered else None,
            seconds=time.monotonic() - call.started,
            remembered=answered.remembered if answered else False,
            revision=revision(call.settings),
            edit_format=question.edit_format,
            requests=call.requests,
            code=code_of(failure),
            fingerprint=failure.fingerprint if failure else "",
            words=words_of(failure),
        )
    )
    if call.requests:
        _record_fragments(call)
        _record_spans(call)


def _record_fragments(call: Calling) -> None:
    """One row for each fragment that the prompt was made of."""
    for turn in call.question.prompt.turns:
        for part in turn.parts:
            call.reach.recorder.record(CallFragment(call.id, part.name, part.version, part.layer))


def _record_spans(call: Calling) -> None:
    """One row for each piece of the workspace that the prompt showed."""
    for one in call.question.spans:
        item, level = one.item, one.level
        call.reach.recorder.record(
            CallSpan(
                call_id=call.id,
                path=item.path,
                first=item.start + 1,
                last=max(item.stop, item.start + 1),
                tier=item.tier,
                form=level.form,
                tokens=level.tokens,
            )
        )
