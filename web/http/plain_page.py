"""`GET /vraag`: a form and its cited answer, for visitors without JavaScript and as the target of a link."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.types import Answer, Question
from web import texts
from web.chat.view import view
from web.guide.html import way_to_guide
from web.guide.view import offers_guide
from web.http.api import client_address
from web.http.ask import Failure, answered
from web.http.html import answer_parts, document, form, questions, tag
from web.http.origins import operator_settings
from web.service import Service, current


async def plain_page(request: Request) -> HTMLResponse:
    """Show the form; when a question is given, its answer above it."""
    asked = request.query_params.get("q", "").strip()
    settings = operator_settings()
    given = [turn for turn in request.query_params.getlist("eerder") if turn.strip()]
    earlier = tuple(given[-settings.max_history :]) if settings.max_history else ()
    outcome = await answered(Question(asked, earlier), client_address(request)) if asked else None
    status, page = _page(current(), asked, earlier, outcome)
    retry = {"retry-after": str(outcome.retry_s)} if isinstance(outcome, Failure) and outcome.retry_s else {}
    return HTMLResponse(page, status, {"cache-control": "no-store", **retry})


def _page(
    service: Service, asked: str, earlier: tuple[str, ...], outcome: Answer | Failure | None
) -> tuple[int, str]:
    """Return the status and the page."""
    most = operator_settings().max_question_chars
    if outcome is None:
        status, page = (200, "") if service.ready else (503, _failure(service.readiness.notice))
        name = service.about.name
        return status, document(name, tag("h1", name), _about(service), page, form("", (), most))
    head = tag("h1", service.about.name), tag("p", texts.disclosure(service.about))
    question = tag("h2", texts.WORDS["you"]) + tag("p", asked[:most], "asked")
    if isinstance(outcome, Failure):
        again = form(asked[:most], earlier, most)
        return outcome.status, document(texts.FAILED_TITLE, *head, question, _failure(outcome.text), again)
    next_form = tag("h2", texts.ASK_ON) + form("", (*earlier, asked), most)
    title = f"{asked} – {service.about.name}"
    return 200, document(title, *head, question, _answer(service, outcome, (*earlier, asked)), next_form)


def _answer(service: Service, answer: Answer, history: tuple[str, ...]) -> str:
    if service.assistant is None:
        raise RuntimeError("answered before the assistant was ready")
    shown = answer_parts(view(answer, service.assistant.index), history)
    heading = f'<h2 id="antwoord" tabindex="-1">{texts.WORDS["answer"]}</h2>\n'
    handover = tag("p", contact) if (contact := _contact()) and hands_over(answer) else ""
    return f"{heading}{shown}{handover}{tag('p', texts.mode_line(answer.mode), 'where')}"


def hands_over(answer: Answer) -> bool:
    """Return whether an answer names who can be asked instead: a refusal, and an advice."""
    return answer.status == "refused" or answer.advice is not None


def _contact() -> str:
    settings = operator_settings()
    return texts.contact_line(settings.feedback_contact, settings.contact_hours)


def _about(service: Service) -> str:
    """Return what it is, who answers, and questions to begin with."""
    if service.assistant is None:
        return ""
    index = service.assistant.index
    about = index.about
    origin = texts.text_origin(about, own_text=service.own_text)
    lines = (
        f"{texts.disclosure(about)} {texts.mode_line(service.mode)}",
        f"{origin} {texts.privacy_line(service.mode)} {texts.ADDRESS_LINE}",
    )
    contact = tag("p", _contact()) if _contact() else ""
    note = f'<div class="note">\n{"".join(tag("p", line) for line in lines)}{contact}</div>\n'
    start = tag("h2", texts.WORDS["suggestions"]) + questions(index.suggestions) if index.suggestions else ""
    guide = way_to_guide() if offers_guide(index) else ""
    lead = tag("p", texts.lead(about, advises=bool(index.practices)))
    return lead + note + guide + start + tag("h2", texts.OWN)


def _failure(text: str) -> str:
    return f'<div class="note failed" role="alert">\n{tag("p", text)}</div>\n'
