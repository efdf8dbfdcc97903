"""What the journal keeps of one question to a model."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from understudy.core.clock import now_us
from understudy.engine.record import code_of, private_of, words_of
from understudy.engine.remembered import read_reply
from understudy.engine.services import recorder_in
from understudy.journal import records
from understudy.journal.contents import Content
from understudy.journal.prompt_records import CallFragments, CallLesson, CallSpan
from understudy.journal.trace_records import Exchanged
from understudy.models.registry import revision
from understudy.wire import Usage

if TYPE_CHECKING:
    from understudy.core.failures import Failure
    from understudy.engine.calling import Calling
    from understudy.engine.questions import Answered
    from understudy.engine.services import Recorder
    from understudy.wire import Request


def record_call(call: Calling, answered: Answered | None, failure: Failure | None) -> None:
    """One row of the journal for the call, however it ended."""
    question = call.question
    usage = call.usage or Usage()
    _tell_exchange(call, answered)
    _recorder(call).record(
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
    if call.sent is not None:
        _record_texts(call, call.sent[0], answered)
    if call.requests:
        _record_fragments(call)
        _record_spans(call)
        for one in call.question.lessons:
            row = CallLesson(call.id, one.lesson, one.digest, one.role, one.revision)
            _recorder(call).record(row)


def _recorder(call: Calling) -> Recorder:
    return recorder_in(call.reach.recorder, call.settings)


def _tell_exchange(call: Calling, answered: Answered | None) -> None:
    """What went over the network, for whoever listens to the journal; it is not stored."""
    if call.sent is None:
        return
    request, endpoint = call.sent
    reply = answered.reply if answered is not None else None
    # What is kept of it has masks in place of secrets, as it came.
    masked = read_reply(answered.kept) if answered is not None else None
    _recorder(call).record(
        Exchanged(
            call_id=call.id,
            run_id=call.question.run_id,
            model=request.model,
            family=endpoint.family,
            url=endpoint.base_url,
            max_tokens=request.max_output,
            temperature=request.temperature,
            response_model=reply.model if reply is not None else "",
            response_id=reply.request_id if reply is not None else "",
            finish=reply.finish.value if reply is not None else "",
            may_leave=call.question.model.locality == "cloud",
            messages=tuple((one.role, one.text) for one in request.messages),
            reply=masked.text if masked is not None else "",
            chunks_s=reply.chunks_s if reply is not None else (),
        )
    )


def _record_texts(call: Calling, request: Request, answered: Answered | None) -> None:
    """What was said, which is kept only if the user wants that."""
    private = private_of(call.question.view)
    prompt = tuple(message.text for message in request.messages)
    _recorder(call).record(Content(now_us(), call.id, "prompt", prompt, private))
    if answered is not None:
        reply = (answered.reply.text,)
        _recorder(call).record(Content(now_us(), call.id, "reply", reply, private))


def _record_fragments(call: Calling) -> None:
    """One row for all fragments that the prompt was made of."""
    parts = tuple(
        (part.name, part.version, part.layer)
        for turn in call.question.prompt.turns
        for part in turn.parts
    )
    _recorder(call).record(CallFragments(call.id, parts))


def _record_spans(call: Calling) -> None:
    """One row for each piece of the workspace that the prompt showed."""
    for one in call.question.spans:
        item, level = one.item, one.level
        _recorder(call).record(
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
