"""A question from outside the chat page → its answer, or why there is none: an HTTP status, a Dutch line."""

import asyncio
import logging
import math
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from starlette.requests import Request

import errors
from assistant.progress import Progress
from assistant.texts import UNKNOWN_ERROR, explain
from assistant.types import Answer, Question
from web import texts
from web.http.limits import question_limit
from web.service import current

log = logging.getLogger(__name__)

GONE = 499  # What nginx logs when a client closed its connection.
RETRY_S = 5  # When to try again after a refusal that passes by itself.
STATUSES: Mapping[type[errors.WegwijzerError], int] = {
    errors.EmptyQuestionError: 400,
    errors.QuestionTooLongError: 413,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: the HTTP status, a Dutch line, and after how many seconds to try again."""

    status: int
    text: str
    retry_s: int = 0


def begin(question: Question, address: str, progress: Progress | None = None) -> Future[Answer] | Failure:
    """Start the answer to a question from this address; `progress` shows what a language model writes."""
    service = current()
    if not service.ready:
        return Failure(503, service.readiness.notice, RETRY_S)
    wait = question_limit().wait_s(address)
    if wait:
        return Failure(429, texts.TOO_MANY, math.ceil(wait))
    return service.submit(question, progress) or Failure(503, texts.BUSY, RETRY_S)


async def finish(future: Future[Answer]) -> Answer | Failure:
    """Wait for an answer that was started; when nobody waits any more, one that has not begun is dropped."""
    try:
        return await asyncio.wrap_future(future)
    except errors.WegwijzerError as error:
        if type(error) not in STATUSES:
            log.error("%s", error)
        return Failure(STATUSES.get(type(error), 503), explain(error))
    except Exception:
        log.exception("an answer failed")
        return Failure(500, UNKNOWN_ERROR)


async def answered(question: Question, request: Request) -> Answer | Failure:
    """Answer the question of a request; when its client goes away, a language model stops writing."""
    progress = Progress()
    begun = begin(question, client_address(request), progress)
    if isinstance(begun, Failure):
        return begun
    answering, gone = asyncio.ensure_future(finish(begun)), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({answering, gone}, return_when=asyncio.FIRST_COMPLETED)
        return answering.result() if answering.done() else Failure(GONE, texts.STOPPED)
    finally:
        gone.cancel()
        answering.cancel()
        progress.stop()


def client_address(request: Request) -> str:
    """Return the address that a request is counted under."""
    return request.client.host if request.client else ""


async def _gone(request: Request) -> None:
    """Wait until the client of a request has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
