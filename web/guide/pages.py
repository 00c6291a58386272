"""`GET /keuzehulp` and `GET /adviesnotitie`: the guided conversation without JavaScript, and its note."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web import texts as page_texts
from web.chat.paper import printable, word
from web.chat.tools import WORD_TYPE
from web.chat.view import ShownIndex
from web.guide import answers as to
from web.guide import texts
from web.guide.answers import (
    CHANGED,
    FORM,
    MOST_SITUATION,
    NOTE_PAGE,
    PAGE,
    SITUATION,
    address,
    answers_in,
)
from web.guide.note import note
from web.guide.view import guide_view, offers_guide
from web.http.html import page
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
    now = changed.question if changed else shown.question.text if shown.question else ""
    drawn = page(
        "guide/guide.html",
        title=f"{now or (shown.end.lead if shown.end else '')} – {texts.OPEN} – {page_texts.TITLE}",
        shown=shown,
        answers=answers,
        changed=changed,
        guide=texts,
        to=to,
    )
    return HTMLResponse(drawn, headers=NOT_KEPT)


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
    origin = page_texts.text_origin(index.about, own_text=current().own_text)
    parts = list(note(shown, situation, address(f"{place}{PAGE}", answers), origin, index.about, day))
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


def _refused(said: str, status: int) -> HTMLResponse:
    drawn = page(
        "http/refusal.html", title=page_texts.FAILED_TITLE, heading=texts.OPEN, said=said, failed=True
    )
    return HTMLResponse(drawn, status, NOT_KEPT)
