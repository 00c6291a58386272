"""Parts of the chat page beside the turns: what it is, the comparison, thumbs, and what the browser keeps."""

from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from settings import Settings
from web import texts
from web.chat.component_host import show
from web.chat.conversation import ChatTurn, Conversation, Thumbed
from web.chat.memory import recalled
from web.chat.rating import rate
from web.ready import ChatAssistant
from web.service import Service

LOOPBACK = "127.0.0.1"
COMPARED = "vergeleken"


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """That the comparison is shown: of which types first, after how many turns, and for the how manieth time.

    When it was asked for in a conversation, it is brought into view.
    """

    pair: tuple[str, ...] = ()
    after: int = 0
    times: int = 0


def comparison_button(service: Service, turns: int) -> None:
    """Show the button of the comparison; nothing when no section compares the types."""
    if service.comparison is None:
        return
    asked = st.session_state.get(COMPARED) is not None

    def toggle() -> None:
        st.session_state[COMPARED] = None if asked else ComparisonRequest(after=turns, times=min(turns, 1))

    label = texts.compare_label(len(service.comparison.labels), shown=asked)
    st.button(label, key="vergelijk", on_click=toggle)


def show_comparison(service: Service, after: int) -> None:
    """Show the types beside each other when that was asked after so many turns."""
    compared = service.comparison
    asked: ComparisonRequest | None = st.session_state.get(COMPARED)
    if compared and asked and asked.after == after:
        title = texts.comparison_title(len(compared.labels))
        show(
            "comparison",
            {"kind": "comparison", "title": title, "comparison": asdict(compared), **asdict(asked)},
            compare=lambda _key: hide_comparison(),
        )


def hide_comparison() -> None:
    """Hide the comparison."""
    st.session_state[COMPARED] = None


def compare(after: int, key: str) -> None:
    """Show the comparison below an answer, with its two types first, once more when it is shown already."""
    sent = st.session_state[key]["compare"]
    before: ComparisonRequest | None = st.session_state.get(COMPARED)
    pair = tuple(str(one) for one in sent[:2]) if isinstance(sent, list) else ()
    st.session_state[COMPARED] = ComparisonRequest(pair, after, before.times + 1 if before else 1)


def show_memory(service: Service, conversation: Conversation) -> None:
    """Show nothing: let the browser keep the conversation, and bring back what it kept."""

    def recall(key: str) -> None:
        if service.assistant is not None:
            turns = recalled(st.session_state[key]["recall"], service.assistant.index)
            conversation.recall(service, turns, visitor_address())

    memory = {
        "kind": "memory",
        "session": conversation.session,
        "turns": len(conversation.turns),
        "cleared": conversation.cleared,
        "waiting": bool(conversation.waiting),
    }
    with st.container(key="geheugen"):
        show("memory", memory, recall=recall)


def take_thumb(service: Service, turn: ChatTurn, key: str) -> None:
    """Store the thumb that was given to an answer, and remember whether that was done."""
    if service.assistant is not None and turn.answer is not None:
        stored = rate(service.assistant.settings, turn.answer, st.session_state[key]["rate"])
        turn.thumb = Thumbed(turn.thumb.times + 1 if turn.thumb else 1, stored)


def visitor_address() -> str:
    """Return the visitor's address, for the limits; Streamlit gives none on the own machine."""
    return st.context.ip_address or LOOPBACK


def intro(service: Service) -> dict[str, Any]:
    """Return the data of the first screen: what it is, and first questions."""
    index = _assistant(service).index
    return {
        "kind": "intro",
        "title": index.about.name,
        "lead": texts.lead(index.about, advises=bool(index.practices)),
        "most": service.max_question_chars,
        "suggestions": list(index.suggestions),
    }


def disclosure(service: Service) -> dict[str, Any]:
    """Return the data of the line that says who answers, and of what it opens to: what is kept, who helps."""
    assistant = _assistant(service)
    index, settings = assistant.index, assistant.settings
    lines = [
        texts.disclosure(index.about),
        texts.mode_line(service.mode),
        texts.text_origin(index.about, own_text=service.own_text),
        _privacy(service.mode, settings),
        texts.TAB_KEPT,
    ]
    contact = settings.feedback_contact or index.about.contact
    if contact:
        lines.append(texts.CONTACT.format(contact=contact))
    return {
        "kind": "disclosure",
        "said": texts.DISCLOSURE_SHORT,
        "lines": [line for line in [*lines, texts.CAN_ANSWER if index.practices else ""] if line],
        "kept": texts.TAB_KEPT,
    }


def _assistant(service: Service) -> ChatAssistant:
    if service.assistant is None:
        raise RuntimeError("shown before the assistant was ready")
    return service.assistant


def contact_line(assistant: ChatAssistant | None) -> str:
    """Return where a person can be reached, or nothing when nobody is named or before the start is done."""
    if assistant is None:
        return ""
    settings = assistant.settings
    return texts.contact_line(
        settings.feedback_contact or assistant.index.about.contact, settings.contact_hours
    )


def _privacy(mode: str, settings: Settings) -> str:
    thumbs = settings.feedback is not None
    return texts.privacy_line(mode, thumbs=thumbs, with_question=settings.log_questions)
