"""A conversation as Markdown, with every source; what others wrote in it is escaped."""

import re

from assistant.types import Answer
from web import texts
from web.conversation import Conversation

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|$~])")


def transcript(conversation: Conversation) -> str:
    """Return the conversation as Markdown."""
    parts = [f"# {texts.TITLE}", texts.DISCLOSURE]
    for turn in conversation.turns:
        parts.append(f"## {escaped(turn.question)}")
        parts += _answer(turn.answer) if turn.answer else [turn.failure or texts.SEARCHING]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))


def _answer(answer: Answer) -> list[str]:
    lines = [escaped(line) for line in answer.text.split("\n") if line.strip()]
    quotes = [
        f"{texts.WORDS['source']} {citation.n}: {escaped(citation.title)} ({escaped(citation.source)})\n\n"
        f"> {escaped(citation.quote)}"
        for citation in answer.citations
    ]
    return lines + quotes
