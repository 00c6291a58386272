"""The chat page: one script run shows the conversation as it is and follows the answer that is being made."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from web import texts
from web.chat.component_host import show
from web.chat.conversation import ChatTurn, Conversation, Drawn
from web.chat.memory import kept
from web.chat.panels import (
    compare,
    comparison_button,
    contact_line,
    disclosure,
    intro,
    show_comparison,
    show_memory,
    take_thumb,
    visitor_address,
)
from web.guide.panel import guide_button, guide_place, show_guide
from web.pages.buttons import show_tools
from web.service import Service, current
from web.shown.view import view

POLL_S = 1.0  # How often a page that waits for the start looks again.
QUICK_S = 0.3  # An answer that takes no longer appears without a notice that it is being made.
FOLLOW_S = 0.5


def show_page() -> None:
    """Show the page; wait for the assistant when it is not ready yet."""
    service = current()
    st.set_page_config(page_title=service.about.name, layout="centered")
    service.start()
    if service.ready:
        _show_chat(service)
    else:
        _show_start(service)


def _show_start(service: Service) -> None:
    name = service.about.name
    show("start", {"kind": "intro", "title": name, "lead": texts.CHAT_COMES, "suggestions": []})
    if service.readiness.phase == "failed":
        show("failed", {"kind": "notice", "failed": True, "text": service.readiness.notice})
        return

    @st.fragment(run_every=POLL_S)
    def wait() -> None:
        if service.readiness.phase in ("ready", "failed") or service.about.name != name:
            st.rerun()
        show("waiting", {"kind": "notice", "text": f"{service.readiness.notice} {texts.WAITING}"})

    wait()


def _show_chat(service: Service) -> None:
    conversation: Conversation = st.session_state.setdefault("conversation", Conversation())
    ask = partial(_ask, service, conversation)
    if not conversation.follow(0) and not conversation.sentences and not service.workers.crowded:
        conversation.grows(0, QUICK_S)
    with service.drawing.page():
        with st.container(key="gesprek"):
            show("intro", intro(service), ask=ask)
            with st.container(horizontal=True, key="keuzes"):
                guide_button(service, conversation)
                comparison_button(service, len(conversation.turns))
            show("disclosure", disclosure(service))
            draft = _show_turns(service, conversation, ask)
        with st.container(key="invoer"):
            typed = st.chat_input(
                texts.INPUT,
                key="vraag",
                max_chars=service.max_question_chars,
                submit_mode="disable",
                on_submit=partial(_ask_typed, service, conversation),
            )
        if typed and not conversation.input_known:
            conversation.waiting = typed
        conversation.input_known = True
        show_memory(service, conversation)
    if conversation.busy:
        _follow(conversation, draft)


def _show_turns(service: Service, conversation: Conversation, ask: Callable[[str], None]) -> DeltaGenerator:
    """Show the turns, and what was opened between them; return the place for what a model is writing."""
    for number, turn in enumerate(conversation.turns, start=1):
        following = conversation.turns[number].question if number < len(conversation.turns) else None
        _show_opened(service, conversation, after=number - 1)
        _show_turn(service, turn, number, following, ask)
    draft = st.empty()
    if conversation.busy:
        st.button(texts.STOP, key="stop", on_click=conversation.stop)
    elif conversation.turns:
        show_tools(service, conversation)
    _show_opened(service, conversation, after=len(conversation.turns))
    return draft


def _show_opened(service: Service, conversation: Conversation, *, after: int) -> None:
    """Show the questions of the guide and the comparison where the conversation was when they were opened."""
    if guide_place(conversation) == after:
        show_guide(service, conversation)
    show_comparison(service, after)


def _follow(conversation: Conversation, draft: DeltaGenerator) -> None:
    """Wait for a sentence, the answer or its next step; the answer is made whatever ends this wait."""
    pause = st.empty()
    turn = conversation.turns[-1]
    step = turn.step
    while conversation.busy and (turn.step == step or turn.progress.sentences):
        sentences = conversation.sentences
        if sentences:  # As plain text, which costs no script run: a sentence is there at once.
            draft.text(" ".join(sentences))
        if not conversation.grows(len(sentences), FOLLOW_S):
            pause.empty()
    st.rerun()


def _ask_typed(service: Service, conversation: Conversation) -> None:
    """Ask what was typed."""
    conversation.input_known = True
    conversation.ask(service, str(st.session_state["vraag"]), visitor_address())


def _ask(service: Service, conversation: Conversation, key: str) -> None:
    """Ask what was clicked in the component with this key."""
    conversation.ask(service, str(st.session_state[key]["ask"]), visitor_address())


def _show_turn(
    service: Service, turn: ChatTurn, number: int, following: str | None, ask: Callable[[str], None]
) -> None:
    last = following is None
    data: dict[str, Any] = {
        "kind": "turn",
        "id": turn.id,
        "number": number,
        "question": turn.question,
        "last": last,
        "recalled": turn.recalled,
    }
    drawn = _drawn(service, turn)
    data["kept"] = drawn.kept if drawn else kept(turn)
    if drawn is not None and service.assistant is not None:
        data["answer"] = drawn.answer
        data["chosen"] = following
        data["comparable"] = service.comparison is not None
        data["contact"] = contact_line(service.assistant)
        data["thumbs"] = service.assistant.settings.feedback is not None
        data["tools"] = last
        data["thumb"] = asdict(turn.thumb) if turn.thumb else None
    elif turn.failure:
        data["failure"] = turn.failure
    else:
        data["notice"] = turn.step
    show(turn.id, data, ask=ask, rate=partial(take_thumb, service, turn), compare=partial(compare, number))


def _drawn(service: Service, turn: ChatTurn) -> Drawn | None:
    """Return what is shown of a turn's answer, made anew only for another index; None without an answer."""
    if turn.answer is None or service.assistant is None:
        return None
    index = service.assistant.index
    if turn.drawn is None or turn.drawn.index is not index:
        turn.drawn = Drawn(index, asdict(view(turn.answer, index)), kept(turn))
    return turn.drawn
