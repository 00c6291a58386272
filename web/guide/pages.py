"""`GET /keuzehulp` and `GET /adviesnotitie`: the guided conversation without JavaScript, and its note."""

from datetime import datetime
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web import texts as page_texts
from web.chat.paper import printable, word
from web.chat.tools import WORD_TYPE
from web.chat.view import ShownIndex
from web.guide import texts
from web.guide.answers import Answers, address, answers_in
from web.guide.html import (
    CHANGED,
    FORM,
    MOST_SITUATION,
    NOTE_PAGE,
    PAGE,
    SITUATION,
    changed_part,
    end_part,
    given_part,
    question_part,
    sources_of_end,
    types_part,
)
from web.guide.note import note
from web.guide.view import GuideView, guide_view, offers_guide
from web.http.html import document, tag
from web.service import current

NOT_KEPT = {"cache-control": "no-store"}


async def guide_page(request: Request) -> Response:
    """Show the answers so far with the next question or the end."""
    index = _index()
    if isinstance(index, Response):
        return index
    answers = answers_in(request.query_params.multi_items(), index.criteria)
    shown = guide_view(index, answers)
    changed = next((one for one in shown.given if one.criterion == request.query_params.get(CHANGED)), None)
    if changed:
        title, now = changed.question, changed_part(changed, answers)
    else:
        title, now = _now(shown, answers)
    page = document(
        f"{title} – {texts.OPEN} – {page_texts.TITLE}",
        tag("h1", texts.OPEN),
        now,
        types_part(shown.types) if answers else "",
        given_part(shown.given, answers),
        "" if changed else sources_of_end(shown),
        f'<p>{escape(texts.TO_QUESTIONS)} <a href="vraag">{escape(page_texts.OWN)}</a></p>\n',
    )
    return HTMLResponse(page, headers=NOT_KEPT)


async def note_page(request: Request) -> Response:
    """Return the note as a page to print or as a Word file; before the end, lead back to the questions."""
    index = _index()
    if isinstance(index, Response):
        return index
    query = request.query_params
    answers = answers_in(query.multi_items(), index.criteria)
    shown = guide_view(index, answers)
    if shown.end is None:
        return RedirectResponse(address(PAGE, answers), 303, NOT_KEPT)
    place = f"{request.url.scheme}://{request.url.netloc}{request.url.path.removesuffix(NOTE_PAGE)}"
    situation = query.get(SITUATION, "").strip()[:MOST_SITUATION]
    day = datetime.now().astimezone().date()
    origin = page_texts.OWN_TEXT if current().own_text else page_texts.OTHER_TEXT
    parts = list(note(shown, situation, address(f"{place}{PAGE}", answers), origin, day))
    if query.get(FORM) != "word":
        return HTMLResponse(printable(parts), headers=NOT_KEPT)
    named = {"content-disposition": f'attachment; filename="{texts.NOTE_NAME}"'}
    return Response(word(parts, compact=True), media_type=WORD_TYPE, headers={**NOT_KEPT, **named})


def _index() -> ShownIndex | Response:
    """Return the index, or why there is no guided conversation on it."""
    service = current()
    if service.assistant is None:
        return _refused(service.readiness.notice, 503)
    index = service.assistant.index
    return index if offers_guide(index) else _refused(texts.NONE, 404)


def _now(shown: GuideView, answers: Answers) -> tuple[str, str]:
    """Return what comes now, with its title."""
    if shown.question:
        about = "" if answers else _about(shown.question.most)
        return shown.question.text, about + question_part(shown.question, answers)
    if shown.end is None:
        raise RuntimeError("neither a question nor an end")
    return shown.end.lead, end_part(shown.end, shown, answers)


def _about(most: int) -> str:
    lines = texts.LEAD.format(most=most), f"{page_texts.DISCLOSURE} {texts.IN_ADDRESS}"
    return f'{tag("p", lines[0])}<div class="note">\n{tag("p", lines[1])}</div>\n'


def _refused(said: str, status: int) -> HTMLResponse:
    page = document(page_texts.FAILED_TITLE, tag("h1", texts.OPEN), tag("p", said, "note failed"))
    return HTMLResponse(page, status, NOT_KEPT)
