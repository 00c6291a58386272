"""`POST /api/ask`: a question as JSON in, the answer as JSON or as server-sent events out."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from assistant.progress import Progress
from assistant.types import Answer, Question
from web import texts
from web.http.ask import Failure, answered, begin, client_address, finish
from web.http.origins import listed_origins, may_ask, operator_settings

ESCAPED_BYTES = 6  # The most that one character takes in JSON: \\uXXXX.
AROUND_BYTES = 1_000  # Names, brackets and spaces.
STILL_BUSY_S = 10.0  # A line this often keeps proxies from closing a stream that is silent.
PREFLIGHT_S = 600
NOT_KEPT = {"cache-control": "no-store"}


class QuestionBody(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    question: str
    history: tuple[str, ...] = ()


async def ask(request: Request) -> Response:
    """Answer one question, or a preflight about it."""
    if not may_ask(request.headers, request.url.scheme):
        return failed(Failure(403, texts.NOT_LISTED))
    response = allowed() if request.method == "OPTIONS" else await _answered(request)
    let_read(response.headers, request.headers.get("origin"))
    return response


async def _answered(request: Request) -> Response:
    question = await read_question(request)
    if isinstance(question, Failure):
        return failed(question)
    if "text/event-stream" in request.headers.get("accept", ""):
        return _streamed(question, client_address(request))
    answer = await answered(question, request)
    return failed(answer) if isinstance(answer, Failure) else JSONResponse(answer.to_json(), 200, NOT_KEPT)


def _streamed(question: Question, address: str) -> Response:
    """Return the answer as events, each sentence as soon as it holds."""
    written: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def pass_on(event: str, text: str) -> None:
        loop.call_soon_threadsafe(written.put_nowait, _event(event, {"text": text}))

    progress = Progress(partial(pass_on, "sentence"), lambda stage: pass_on("status", texts.STAGES[stage]))
    begun = begin(question, address, progress)
    if isinstance(begun, Failure):
        return failed(begun)
    return StreamingResponse(
        _events(begun, written, progress),
        media_type="text/event-stream",
        headers={**NOT_KEPT, "x-accel-buffering": "no"},
    )


async def read_body(request: Request, most: int) -> bytes | Failure:
    """Return the JSON that was sent, as bytes, and read no more of them than this."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return Failure(415, texts.JSON_WANTED)
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                return Failure(413, texts.BODY_TOO_LONG)
    except ClientDisconnect:
        return Failure(400, texts.BODY_UNREADABLE)  # Nobody reads it.
    return bytes(body)


async def read_question(request: Request) -> Question | Failure:
    """Return the question that was sent, and read no more bytes than one can take."""
    settings = operator_settings()
    most = settings.max_question_chars * ESCAPED_BYTES * (settings.max_history + 1) + AROUND_BYTES
    body = await read_body(request, most)
    if isinstance(body, Failure):
        return body
    try:
        asked = QuestionBody.model_validate_json(body)
    except ValidationError:
        return Failure(400, texts.BODY_UNREADABLE)
    return Question(asked.question, asked.history)


async def _events(
    future: Future[Answer], written: asyncio.Queue[str], progress: Progress
) -> AsyncIterator[str]:
    """Yield what is being done, each verified sentence, then the answer or failure."""
    yield _event("status", {"text": texts.SEEKING})
    answering = asyncio.ensure_future(finish(future))
    try:
        while not answering.done():
            event = asyncio.ensure_future(written.get())
            done, _ = await asyncio.wait(
                {answering, event}, timeout=STILL_BUSY_S, return_when=asyncio.FIRST_COMPLETED
            )
            if event in done:
                yield event.result()
            else:
                event.cancel()
            if not done:
                yield ": nog bezig\n\n"
    finally:
        answering.cancel()
        progress.stop()  # A visitor who is gone needs no answer.
    answer = answering.result()
    if isinstance(answer, Failure):
        yield _event("error", {"error": answer.text, "status": answer.status})
    else:
        yield _event("answer", answer.to_json())


def _event(name: str, data: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def failed(failure: Failure) -> JSONResponse:
    """Return why there is no answer, as JSON."""
    retry = {"retry-after": str(failure.retry_s)} if failure.retry_s else {}
    return JSONResponse({"error": failure.text}, failure.status, {**NOT_KEPT, **retry})


def allowed() -> Response:
    """Return the answer to a preflight: what may be sent here."""
    headers = {
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": str(PREFLIGHT_S),
    }
    return Response(status_code=204, headers=headers)


def let_read(headers: MutableHeaders, origin: str | None) -> None:
    """Allow the page of a listed origin to read the response, and no other page."""
    headers.add_vary_header("origin")
    if origin in listed_origins():
        headers["access-control-allow-origin"] = str(origin)
