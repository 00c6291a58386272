"""`GET /keuzehulp` and `GET /adviesnotitie`: the guided conversation without JavaScript, and its note."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web import texts as page_texts
from web.chat.panels import contact_line
from web.chat.paper import WORD_TYPE, printable, word
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
from web.guide.note import Made, note
from web.guide.view import guide_view, offers_guide
from web.http.html import page
from web.ready import ChatAssistant
from web.service import current

NOT_KEPT = {"cache-control": "no-store"}


async def guide_page(request: Request) -> Response:
    """Show the answers so far with the next question or the end."""
    assistant = _assistant()
    if isinstance(assistant, Response):
        return assistant
    index = assistant.index
    answers = answers_in(request.query_params.multi_items(), index.criteria)
    shown = guide_view(index, answers)
    changed = next((one for one in shown.given if one.criterion == request.query_params.get(CHANGED)), None)
    now = changed.question if changed else shown.question.text if shown.question else ""
    drawn = page(
        "guide/guide.html",
        title=f"{now or (shown.end.lead if shown.end else '')} – {texts.OPEN} – {index.about.name}",
        shown=shown,
        answers=answers,
        changed=changed,
        guide=texts,
        to=to,
        contact=contact_line(assistant),
    )
    return HTMLResponse(drawn, headers=NOT_KEPT)


async def note_page(request: Request) -> Response:
    """Return the note as a page to print or as a Word file; before the end, lead back to the questions."""
    assistant = _assistant()
    if isinstance(assistant, Response):
        return assistant
    index, query = assistant.index, request.query_params
    answers = answers_in(query.multi_items(), index.criteria)
    shown = guide_view(index, answers)
    if shown.end is None:
        return RedirectResponse(address(PAGE, answers), 303, NOT_KEPT)
    place = f"{request.url.scheme}://{request.url.netloc}{request.url.path.removesuffix(NOTE_PAGE)}"
    situation = query.get(SITUATION, "").strip()[:MOST_SITUATION]
    day = datetime.now().astimezone().date()
    made = Made(
        about=index.about,
        address=address(f"{place}{PAGE}", answers),
        origin=page_texts.text_origin(index.about, own_text=current().own_text),
        day=day,
        contact=contact_line(assistant),
    )
    parts = list(note(shown, situation, made))
    if query.get(FORM) != "word":
        return HTMLResponse(printable(parts, back=made.address), headers=NOT_KEPT)
    named = {"content-disposition": f'attachment; filename="{texts.NOTE_NAME}"'}
    return Response(
        word(parts, page_texts.author(index.about), compact=True),
        media_type=WORD_TYPE,
        headers={**NOT_KEPT, **named},
    )


def _assistant() -> ChatAssistant | Response:
    """Return the assistant, or why there is no guided conversation on its index."""
    service = current()
    if service.assistant is None:
        return _refused(service.readiness.notice, 503)
    offered = offers_guide(service.assistant.index)
    return service.assistant if offered else _refused(texts.NONE, 404)


def _refused(said: str, status: int) -> HTMLResponse:
    title = page_texts.FAILED_TITLE.format(name=current().about.name)
    shown = {"title": title, "heading": texts.OPEN, "said": said, "failed": True, "back": True, "up": "./"}
    drawn = page("http/refusal.html", **shown)
    return HTMLResponse(drawn, status, NOT_KEPT)
