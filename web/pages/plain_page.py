"""`GET /vraag`: a form and its cited answer, for visitors without JavaScript and as the target of a link."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.types import Answer, Question
from web import texts
from web.chat.panels import contact_line
from web.guide import texts as guide
from web.guide.view import offers_guide
from web.http.ask import Failure, answered
from web.http.html import page
from web.http.origins import operator_settings
from web.service import Service, current
from web.shown.view import view


async def plain_page(request: Request) -> HTMLResponse:
    """Show the form; when a question is given, its answer above it."""
    asked = request.query_params.get("q", "").strip()
    settings = operator_settings()
    given = [turn for turn in request.query_params.getlist("eerder") if turn.strip()]
    earlier = tuple(given[-settings.max_history :]) if settings.max_history else ()
    outcome = await answered(Question(asked, earlier), request) if asked else None
    status, shown = _page(current(), asked, earlier, outcome)
    retry = {"retry-after": str(outcome.retry_s)} if isinstance(outcome, Failure) and outcome.retry_s else {}
    return HTMLResponse(shown, status, {"cache-control": "no-store", **retry})


def _page(
    service: Service, asked: str, earlier: tuple[str, ...], outcome: Answer | Failure | None
) -> tuple[int, str]:
    """Return the status and the page."""
    most = operator_settings().max_question_chars
    given: dict[str, object] = {"about": service.about, "most": most, "asked": asked[:most], "up": ""}
    if outcome is None:
        index = service.assistant.index if service.assistant else None
        return 200 if service.ready else 503, page(
            "pages/plain_page.html",
            **given,
            title=service.about.name,
            index=index,
            mode=service.mode,
            own_text=service.own_text,
            contact=contact_line(service.assistant),
            guide=guide if index and offers_guide(index) else None,
            failure="" if service.ready else service.readiness.notice,
        )
    if isinstance(outcome, Failure):
        title = texts.FAILED_TITLE.format(name=service.about.name)
        given |= {"history": earlier, "again": asked[:most], "failure": outcome.text, "title": title}
        return outcome.status, page("pages/plain_page.html", **given)
    if service.assistant is None:
        raise RuntimeError("answered before the assistant was ready")
    return 200, page(
        "pages/plain_page.html",
        **given,
        title=f"{asked} – {service.about.name}",
        shown=view(outcome, service.assistant.index),
        history=(*earlier, asked),
        handover=contact_line(service.assistant) if hands_over(outcome) else "",
        mode=outcome.mode,
    )


def hands_over(answer: Answer) -> bool:
    """Return whether an answer names who can be asked instead: a refusal, and an advice."""
    return answer.status == "refused" or answer.advice is not None
