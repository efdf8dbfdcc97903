"""JSON-RPC as the server needs it: every request gets exactly one answer, a sentence if it fails.

Built on pygls' protocol, which lets requests with bad parameters, with a nested key `jsonrpc` or
with a result that can't be serialised go unanswered, and sends tracebacks to the client.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from cattrs.errors import BaseValidationError
from lsprotocol import types as lsp
from pygls.protocol import LanguageServerProtocol

from understudy.core.failures import BadRequestError, RefusedError, UnderstudyError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from cattrs import Converter
    from pygls.lsp.server import LanguageServer

log = logging.getLogger("understudy.lsp")

REQUEST_FAILED = -32803
"""LSP 3.17 `LSPErrorCodes.RequestFailed`: understood, valid, and not possible."""
_PARSE_ERROR, _INVALID_REQUEST, _METHOD_NOT_FOUND = -32700, -32600, -32601
_INVALID_PARAMS, _INTERNAL_ERROR, _NOT_INITIALIZED = -32602, -32603, -32002


class Protocol(LanguageServerProtocol):
    """Receives message bodies, calls handlers from one table, answers.

    Attributes:
        exited: set once the client said `exit`.
        exit_code: 0 when `shutdown` came before `exit`, as the specification demands.
        handlers: method → function of its parameters, run at once on the loop. It must not wait:
            work that takes time is a job. One that reads files off the loop may be a coroutine,
            and is answered when it ends.
        raw: the methods whose handlers get their parameters as plain JSON.
        on_first_message: called before the first message after `initialize` is handled.
        on_failed_notification: called with the method and the plain parameters of one that failed.
        request_id: of the request that is being handled.
    """

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self.exited = asyncio.Event()
        self.exit_code = 1
        self.handlers: dict[str, Callable[[Any], Any]] = {}
        self.raw: set[str] = set()
        self.on_first_message: Callable[[], None] | None = None
        self.on_failed_notification: Callable[[str, Any], None] | None = None
        self.request_id: str | int | None = None
        self._ready = False
        self._answering: set[asyncio.Future[None]] = set()

    def receive(self, body: bytes) -> None:
        """Handle one message. Never raises: what is wrong with it becomes the answer."""
        try:
            message = json.loads(body, parse_constant=_no_number)
        except (ValueError, RecursionError) as failure:
            self.complain(f"The message is not JSON: {failure}.")
            return
        if isinstance(message, list):
            self._fail(None, _INVALID_REQUEST, "Batches are not part of the protocol.")
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            self._fail(None, _INVALID_REQUEST, "The message is no JSON-RPC 2.0 object.")
            return
        self._dispatch(message)

    def complain(self, text: str) -> None:
        """Answer bytes that are no message."""
        self._fail(None, _PARSE_ERROR, text)

    def _dispatch(self, message: dict[str, Any]) -> None:
        method, msg_id = message.get("method"), message.get("id")
        if self._ready and self.on_first_message is not None:
            prepare, self.on_first_message = self.on_first_message, None
            prepare()
        if not isinstance(method, str | None) or not isinstance(msg_id, str | int | None):
            self._fail(None, _INVALID_REQUEST, "`method` must be text and `id` text or a number.")
        elif method is None and message.keys().isdisjoint(("result", "error")):
            self._fail(msg_id, _INVALID_REQUEST, "A message needs a `method` or a `result`.")
        elif method is None:
            self._take_reply(message)
        elif "id" in message and msg_id is not None:
            self._answer(msg_id, method, message)
        else:
            self._notified(method, message)

    def _answer(self, msg_id: str | int, method: str, message: dict[str, Any]) -> None:
        if (refusal := self._refusal(method)) is not None:
            self._fail(msg_id, *refusal)
            return
        self.request_id = msg_id
        try:
            result = self.handlers[method](self._parameters(method, message))
            if isinstance(result, Coroutine):
                answering = asyncio.ensure_future(self._answer_later(msg_id, method, result))
                self._answering.add(answering)
                answering.add_done_callback(self._answering.discard)
            else:
                self._write(self._reply(method, msg_id, result))
        except Exception as failure:  # noqa: BLE001 - the outermost door: no request ends the server
            self._answer_failure(msg_id, method, failure)
        finally:
            self.request_id = None

    async def _answer_later(
        self, msg_id: str | int, method: str, result: Coroutine[Any, Any, Any]
    ) -> None:
        try:
            self._write(self._reply(method, msg_id, await result))
        except Exception as failure:  # noqa: BLE001 - the outermost door, as above
            self._answer_failure(msg_id, method, failure)

    def _answer_failure(self, msg_id: str | int, method: str, failure: Exception) -> None:
        if isinstance(failure, UnderstudyError):
            known = isinstance(failure, BadRequestError | RefusedError)
            self._fail(msg_id, _INVALID_PARAMS if known else REQUEST_FAILED, str(failure))
            return
        log.error("The request %s failed.", method, exc_info=failure)
        text = f"`{method}` failed inside Understudy. The log tells more."
        self._fail(msg_id, _INTERNAL_ERROR, text)

    def _refusal(self, method: str) -> tuple[int, str] | None:
        if self._shutdown:
            return _INVALID_REQUEST, "The server is shutting down."
        if not self._ready and method != lsp.INITIALIZE:
            return _NOT_INITIALIZED, "The first request must be `initialize`."
        if self._ready and method == lsp.INITIALIZE:
            return _INVALID_REQUEST, "The server is initialized already."
        if method not in self.handlers:
            return _METHOD_NOT_FOUND, f"Understudy does not know the method `{method}`."
        return None

    def _parameters(self, method: str, message: dict[str, Any]) -> Any:
        kind = self.get_message_type(method)
        if kind is None or method in self.raw:
            return message.get("params")
        # A missing `params` is a null one; pygls' types want the key.
        whole = {"params": None, **message}
        try:
            return self._converter.structure(whole, kind).params
        except (BaseValidationError, ValueError, TypeError, KeyError, RecursionError) as failure:
            from understudy.lsp.complaints import complaints

            raise BadRequestError(f"{complaints(failure, method)}.") from None

    def _reply(self, method: str, msg_id: str | int, result: Any) -> str:
        kind = self.get_result_type(method)
        if kind is None:
            reply = {"jsonrpc": "2.0", "id": msg_id, "result": self._converter.unstructure(result)}
        else:
            reply = self._converter.unstructure(kind(id=msg_id, result=result), kind)
        return json.dumps({"result": None, **reply}, allow_nan=False)

    def _notified(self, method: str, message: dict[str, Any]) -> None:
        if method == lsp.EXIT:
            self.exit_code = 0 if self._shutdown else 1
            self.exited.set()
            return
        if not self._ready or self._shutdown or method not in self.handlers:
            log.debug("Passed over the notification %s.", method)
            return
        try:
            self.handlers[method](self._parameters(method, message))
        except Exception as failure:  # the outermost door
            if isinstance(failure, UnderstudyError):
                log.warning("%s", failure)
            else:
                log.exception("The notification %s failed.", method)
            if self.on_failed_notification is not None:
                self.on_failed_notification(method, message.get("params"))

    def _take_reply(self, message: dict[str, Any]) -> None:
        msg_id = message.get("id")
        future: Future[Any] | None = self._request_futures.pop(msg_id, None) if msg_id else None
        kind = self._result_types.pop(msg_id, None) if msg_id else None
        if future is None or future.done():
            log.debug("A reply to an unknown request came: %r.", msg_id)
            return
        error = message.get("error")
        if error is not None:
            text = error.get("message") if isinstance(error, dict) else str(error)
            future.set_exception(ClientRefusedError(str(text)))
            return
        result = message.get("result")
        if kind is None:
            future.set_result(result)
            return
        try:
            future.set_result(self._converter.structure({"result": None, **message}, kind).result)
        except Exception as failure:  # noqa: BLE001 - a reply of the wrong shape, whatever its depth
            from understudy.lsp.complaints import complaints

            future.set_exception(ClientRefusedError(f"{complaints(failure, 'the reply')}."))

    def forget(self, future: Future[Any]) -> None:
        """Nobody waits any longer for the reply to a request of ours."""
        for msg_id, other in list(self._request_futures.items()):
            if other is future:
                del self._request_futures[msg_id]
                self._result_types.pop(msg_id, None)

    def welcome(self) -> None:
        """From now on requests are served: `initialize` was answered."""
        self._ready = True

    def stop_serving(self) -> None:
        """From now on requests are refused: `shutdown` was asked for."""
        self._shutdown = True

    def _fail(self, msg_id: str | int | None, code: int, text: str) -> None:
        error = {"code": code, "message": text}
        self._write(json.dumps({"jsonrpc": "2.0", "id": msg_id, "error": error}))

    def _send_data(self, data: Any) -> None:
        """Send what pygls composed: our own requests and notifications."""
        self._write(json.dumps(self._converter.unstructure(data)))

    def _write(self, body: str) -> None:
        if self.writer is None:
            return
        raw = body.encode("utf-8", "replace")
        head = b"Content-Length: %d\r\n\r\n" % len(raw) if self._include_headers else b""
        self.writer.write(head + raw)


class ClientRefusedError(UnderstudyError):
    """The client answered a request of ours with an error or with nonsense."""


class ClientSilentError(ClientRefusedError):
    """The client did not answer a request of ours in time."""


def _no_number(name: str) -> float:
    """`NaN` and `Infinity`, which Python's reader takes and JSON does not know."""
    raise ValueError(f"{name} is no number")
