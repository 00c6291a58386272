"""A question that asks two things, as the two questions that it consists of."""

import re

from assistant.conversation.condense import condense
from assistant.conversation.subject import Listener
from assistant.retrieval.query import Query

FIRST_WORDS, SECOND_WORDS = 4, 3  # Fewer words are no question of their own: `Wie doet wat en wanneer?`
_ASKING = (
    r"(?:(?:in|bij|voor|met|op|uit|van|aan|door) )?(?:wat|wie|waar\w*|wanneer|hoe\w*|welke?|waarom)\b"
    r"|(?:kan|kun|kunt|mag|moet|is|zijn|was|heeft|hebben|doet|werkt|past|hoort|telt|geeft)"
    r" (?:je|ik|we|wij|het|dat|die|de|er|zij|ze|u)\b"
)
_BETWEEN = re.compile(rf"[,;.?]?\s+en\s+(?={_ASKING})|\?\s+(?={_ASKING})", re.IGNORECASE)
_ASKS = re.compile(rf"(?:^|[\s,:(]){_ASKING}", re.IGNORECASE)
_CONTEXT = re.compile(r" \([^()]+\)$")  # What a follow-up is about, as condense puts it behind.


def parts_of(heard: Listener, question: str) -> tuple[Query, ...]:
    """Return both questions of one that asks two things, the second as a follow-up of the first, or none.

    `Wie maakt het pakket en wie keurt het goed?` → `Wie maakt het pakket`, `wie keurt het goed (pakket)`
    """
    texts = two_questions(question)
    if not texts:
        return ()
    first, second = texts
    condensed = condense(heard, second, (first,))
    return heard.ask(first), condensed.query or heard.ask(condensed.text)


def two_questions(question: str) -> tuple[str, ...]:
    """Return the two questions of one that asks two things, or none; both with what comes after them.

    `Wie maakt het en wie keurt het goed? (pakket)` → `Wie maakt het (pakket)`, `wie keurt het goed? (pakket)`
    """
    found = [gap for gap in _BETWEEN.finditer(question) if _ASKS.search(question[: gap.start()])]
    context = _CONTEXT.search(question)
    behind = context[0] if context else ""
    for gap in found:
        first, second = question[: gap.start()], question[gap.end() :]
        if len(first.split()) >= FIRST_WORDS and len(second.split()) >= SECOND_WORDS:
            return f"{first}{behind}", second
    return ()
