"""The guided conversation in the chat: a button, and its questions; the answers are in the address."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from web import texts as page_texts
from web.chat.conversation import Conversation
from web.chat.panels import compare, contact_line
from web.guide import texts
from web.guide.answers import MOST_SITUATION, NOTE_PAGE, Answers, answers_in
from web.guide.view import GuideView, guide_view, offers_guide
from web.ready import ChatAssistant
from web.service import Service

OPENED = "keuzehulp"  # In the address while the questions are shown, before the answers.
CLICKED = "keuzehulp-geopend"
PLACE = "keuzehulp-plaats"
KEY = "keuzehulp-vragen"
OWN = Path(__file__).parent / "component"
CHAT = Path(__file__).parents[1] / "chat" / "component"
SCRIPTS = CHAT / "dom.js", CHAT / "source.js", CHAT / "card.js", OWN / "guide.js"
STYLES = CHAT / "style.css", OWN / "guide.css"


def guide_button(service: Service, conversation: Conversation, key: str = "keuzehulp") -> None:
    """Show the button that opens and closes the questions, with a key; nothing without them."""
    if service.assistant is None or not offers_guide(service.assistant.index):
        return
    opened = OPENED in st.query_params
    label, clicked = (texts.CLOSE, _close) if opened else (texts.OPEN, partial(_open, conversation))
    st.button(label, key=key, on_click=clicked)


def guide_place(conversation: Conversation) -> int:
    """Return after how many turns the questions come: those there were at the click, or at the start."""
    turns = conversation.turns
    place: int = st.session_state.get(PLACE, sum(turn.recalled for turn in turns))
    return min(place, len(turns))


def show_guide(service: Service, conversation: Conversation) -> None:
    """Show the questions after a click, or when the address says so; nothing without them."""
    assistant = service.assistant
    if assistant is not None and OPENED in st.query_params and offers_guide(assistant.index):
        compared = partial(compare, guide_place(conversation)) if service.comparison else None
        _show(assistant, compared)


def _open(conversation: Conversation) -> None:
    st.session_state[CLICKED] = True
    st.session_state[PLACE] = len(conversation.turns)
    st.query_params[OPENED] = "1"


def _close() -> None:
    st.query_params.clear()


def _show(assistant: ChatAssistant, compared: Callable[[str], None] | None) -> None:
    index = assistant.index
    answers = answers_in(st.query_params.items(), index.criteria)

    def take() -> None:
        given: Mapping[str, Any] = st.session_state[KEY]["answer"]
        pairs = {**answers, str(given["criterion"]): str(given["value"])}
        _keep(answers_in(pairs.items(), index.criteria))

    def again() -> None:
        _keep({})

    shown = shown_data(guide_view(index, answers), answers, focus=CLICKED in st.session_state)
    data = {**shown, "contact": contact_line(assistant), "comparable": compared is not None}
    # In a list: a bare dict is searched for data frames, which loads pandas and Arrow, 90 MB.
    _component()(
        key=KEY,
        data=[data],
        on_answer_change=take,
        on_again_change=again,
        on_close_change=_close,
        on_compare_change=partial(compared, KEY) if compared else _close,
    )


def shown_data(shown: GuideView, answers: Answers, *, focus: bool) -> dict[str, Any]:
    """Return what the component shows; with `focus` it takes the focus when it appears."""
    question, leading = shown.question, shown.leading
    most = question.most if question else 0
    return {
        "lead": texts.LEAD.format(most=most) if question and not answers else "",
        "number": texts.NUMBER.format(number=question.number, most=most) if question else "",
        "types": [asdict(one) for one in shown.types],
        "leading": asdict(leading) if leading else None,
        "given": [asdict(one) for one in shown.given],
        "question": asdict(question) if question else None,
        "end": asdict(shown.end) if shown.end else None,
        "compared": shown.compared,
        "sources": [asdict(source) for source in shown.sources],
        "answers": dict(answers),
        "note": NOTE_PAGE,
        "most_situation": MOST_SITUATION,
        "focus": focus,
        "words": {**page_texts.WORDS, **texts.WORDS},
    }


def _keep(answers: Answers) -> None:
    st.session_state[CLICKED] = True
    st.query_params.from_dict({OPENED: "1", **answers})


@lru_cache(maxsize=1)
def _component() -> ComponentRenderer:
    script = "\n".join(file.read_text(encoding="utf-8") for file in SCRIPTS)
    style = "\n".join(file.read_text(encoding="utf-8") for file in STYLES)
    return st.components.v2.component("keuzehulp", html='<div class="root"></div>', css=style, js=script)
