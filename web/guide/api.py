"""`POST /api/keuzehulp`: the answers so far as JSON in, the next question or the end as JSON out."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.texts import listed
from web import texts as page_texts
from web.guide import texts
from web.guide.answers import Answers, address
from web.guide.end_text import end_text
from web.guide.view import GuideView, guide_view, offers_guide
from web.http.api import NOT_KEPT, allowed, failed, let_read, read_body
from web.http.ask import RETRY_S, Failure
from web.http.origins import may_ask
from web.service import current
from web.shown.view import ShownIndex

if TYPE_CHECKING:
    from assistant.advice.guide import GuideState

MOST_BYTES = 20_000  # Far more than an answer to every criterion takes.


class AnswersBody(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    answers: dict[str, Literal["yes", "no", "unknown"]] = {}


async def guide_api(request: Request) -> Response:
    """Return where the conversation is after these answers, or answer a preflight about it."""
    if not may_ask(request.headers, request.url.scheme):
        return failed(Failure(403, page_texts.NOT_LISTED))
    response = allowed() if request.method == "OPTIONS" else await _answered(request)
    let_read(response.headers, request.headers.get("origin"))
    return response


async def _answered(request: Request) -> Response:
    service = current()
    if service.assistant is None:
        return failed(Failure(503, service.readiness.notice, RETRY_S))
    index = service.assistant.index
    if not offers_guide(index):
        return failed(Failure(404, texts.NONE))
    body = await read_body(request, MOST_BYTES)
    if isinstance(body, Failure):
        return failed(body)
    try:
        answers: Answers = dict(AnswersBody.model_validate_json(body).answers)
    except ValidationError:
        return failed(Failure(400, texts.UNREADABLE))
    unknown = answers.keys() - {criterion.id for criterion in index.criteria}
    if unknown:
        return failed(Failure(400, texts.UNKNOWN_CRITERIA.format(names=listed(sorted(unknown)))))
    return JSONResponse(to_json(guide_view(index, answers), index, answers), 200, NOT_KEPT)


def to_json(shown: GuideView, index: ShownIndex, answers: Answers) -> dict[str, Any]:
    """Return the state as an object whose advice and citations are as those of `/api/ask`."""
    return {
        "status": "clarify" if shown.question else "answered",
        "text": shown.question.text if shown.question else end_text(shown),
        "answers": answers,
        "question": asdict(shown.question) if shown.question else None,
        "advice": _advice(shown, index),
        "first_steps": asdict(shown.end.steps) if shown.end and shown.end.steps else None,
        "citations": [_without_chunk(asdict(citation)) for citation in shown.citations],
        "note": address("adviesnotitie", answers) if shown.end else None,
    }


def _advice(shown: GuideView, index: ShownIndex) -> dict[str, Any]:
    labels = {practice.id: practice.label for practice in index.practices}
    reasons = _reasons(shown)
    return {
        "ranking": [
            {
                "practice": practice,
                "label": labels[practice],
                "probability": round(probability, 4),
                "reasons": reasons.get(practice, []),
            }
            for practice, probability in shown.state.ranking
        ],
        "features": [
            {"id": one.criterion, "value": one.value, "evidence": one.text}
            for one in shown.given
            if one.value in ("yes", "no")
        ],
        "none_fits": shown.state.none_fits,
        "clarifying_question": shown.question.text if shown.question else None,
        "options": _options(shown.state, index),
    }


def _reasons(shown: GuideView) -> dict[str, list[dict[str, Any]]]:
    """Return the reasons of each type that have any; one without a passage has no citation."""
    end = shown.end
    if end is None or end.practice is None:
        return {}
    found = {end.practice: end.reasons}
    if end.runner_up:
        found[end.runner_up.practice] = end.runner_up.reasons
    return {
        practice: [
            {"text": one.quote or one.frame, "citation": one.citation, "feature": one.feature}
            for one in reasons
        ]
        for practice, reasons in found.items()
    }


def _options(state: "GuideState", index: ShownIndex) -> list[dict[str, str]]:
    """Return the answers that tell something, each with the type that comes first after it."""
    from assistant.advice.ranking import after  # With it come the libraries that the assistant loads.

    if state.question is None:
        return []
    asked = next(one for one in index.criteria if one.id == state.question.criterion)
    return [
        {"text": choice.text, "favours": after(state.ranking, asked, choice.value == "yes")[0][0]}
        for choice in state.question.choices
    ]


def _without_chunk(citation: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in citation.items() if name != "chunk_id"}
