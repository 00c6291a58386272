"""A conversation as Markdown or as a page to print, with every source; what others wrote is escaped."""

import re

from assistant.types import Answer
from web import texts
from web.chat.conversation import Conversation
from web.http.html import document, tag

PRINT_STYLE = (
    "<style>body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;"
    "overflow-wrap:anywhere}h2{font-size:1.15rem;margin-top:2rem;break-after:avoid}"
    "blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid;break-inside:avoid}</style>\n"
)
_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|$~])")


def transcript(conversation: Conversation) -> str:
    """Return the conversation as Markdown."""
    parts = [f"# {texts.TITLE}", texts.DISCLOSURE]
    for turn in conversation.turns:
        parts.append(f"## {escaped(turn.question)}")
        parts += _answer(turn.answer) if turn.answer else [turn.failure or texts.SEARCHING]
    return "\n\n".join(parts) + "\n"


def printable(conversation: Conversation) -> str:
    """Return the conversation as one HTML file that needs nothing else."""
    parts = [tag("h1", texts.TITLE), tag("p", texts.DISCLOSURE)]
    for turn in conversation.turns:
        parts.append(tag("h2", turn.question))
        parts += _printed(turn.answer) if turn.answer else [tag("p", turn.failure or texts.SEARCHING)]
    return document(texts.TITLE, *parts, head=PRINT_STYLE)


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


def _printed(answer: Answer) -> list[str]:
    lines = [tag("p", line) for line in answer.text.split("\n") if line.strip()]
    for citation in answer.citations:
        place = f"{texts.WORDS['source']} {citation.n}: {citation.title} ({citation.source})"
        lines.append(f"<blockquote>\n{tag('p', citation.quote)}{tag('p', place)}</blockquote>\n")
    return lines
