"""`POST /wegwijzer/beurt`: what the chat shows of an answer, for a page that Streamlit has not drawn yet."""

from dataclasses import asdict
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.types import Answer, Question
from web.chat.conversation import ChatTurn
from web.chat.memory import kept
from web.chat.panels import contact_line
from web.http.api import NOT_KEPT, failed, read_question
from web.http.ask import Failure, answered
from web.service import current
from web.shown.view import view


async def early_turn(request: Request) -> Response:
    """Answer one question with the data of its turn."""
    question = await read_question(request)
    if isinstance(question, Failure):
        return failed(question)
    answer = await answered(question, request)
    if isinstance(answer, Failure):
        return failed(answer)
    return JSONResponse(_data(question, answer), 200, NOT_KEPT)


def _data(question: Question, answer: Answer) -> dict[str, object]:
    """Return what is shown of an answer, what the browser keeps of it, and who can be asked instead."""
    assistant = current().assistant
    if assistant is None:
        raise RuntimeError("answered before the assistant was ready")
    turn = ChatTurn(f"t{uuid4().hex}", question.text, answer=answer)
    return {
        "answer": asdict(view(answer, assistant.index)),
        "kept": kept(turn),
        "contact": contact_line(assistant),
    }
