"""A follow-up becomes a standalone question: what it leaves out is taken from earlier turns."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import texts
from assistant.conversation.followup_words import (
    STRONG_WORDS,
    WEAK_WORDS,
    has_pointer,
    is_fragment,
    opens_subject,
    points_back,
    topic_words,
    without_opening,
)
from assistant.conversation.list_items import named_items, places
from assistant.conversation.topic import (
    Listener,
    Topic,
    favoured,
    keeps_subject,
    only_switches,
    same_question,
    topic_of,
)
from assistant.question.intent import asks_advice
from ingest.index.open import Index
from ingest.text.mentions import mentions
from ingest.text.tokens import words

FEW_WORDS = 1  # A follow-up with at most so many content words takes those of the turn before,
MANY_WORDS = 5  # and one with a pronoun with at most so many.


@dataclass(frozen=True, slots=True)
class Condensed:
    """A standalone question, and the practices whose option was chosen after a question back."""

    text: str
    chosen: tuple[str, ...] = ()


def condense(heard: Listener, question: str, history: Sequence[str]) -> Condensed:
    """Fold the visitor's earlier turns into a question that leans on them; return another one as it is."""
    index = heard.index
    last = next((turn for turn in reversed(history) if not favoured(index, turn)), None)
    if last is None:
        return Condensed(question)
    if favoured(index, question):
        chosen = tuple(practice for turn in (*history, question) for practice in favoured(index, turn))
        return Condensed(f"{last} {question}", chosen)
    own = mentions(question, index.practices, ()).practices
    if own and not only_switches(index, question, own):
        return Condensed(without_opening(question))
    topic = topic_of(heard, history)
    if own:
        return Condensed(same_question(index, topic.question, own))
    return Condensed(
        _asks_which_fits(index, question, topic)
        or _item(heard, question, topic)
        or _carried(heard, question, topic)
    )


def _asks_which_fits(index: Index, question: str, topic: Topic) -> str:
    """Return a situation with the question which practice fits it, when a follow-up asks just that."""
    asks = any(index.aspects[aspect].advice == "about" for aspect in _aspects(index, question))
    short = len(question.split()) <= WEAK_WORDS
    return f"{topic.situation} {question}" if topic.situation and asks and short else ""


def _item(heard: Listener, question: str, topic: Topic) -> str:
    """Return a question about the item of a list, or of an advice, that a follow-up counts to."""
    wanted = places(question)
    if wanted is None:
        return ""
    labels = _labels(heard.index)
    if topic.advised and topic.question == topic.situation and not wanted.kind:
        ranked = [place for place in wanted.numbers if 0 < place <= len(topic.practices)]
        return texts.ABOUT.format(label=labels[topic.practices[ranked[0] - 1]]) if ranked else ""
    context = f"{topic.question} {question}"
    names = named_items(heard.index, heard.ask(topic.question), context, topic.practices[:1], wanted)
    return texts.ITEM.format(items=" en ".join(names)) if names else ""


def _carried(heard: Listener, question: str, topic: Topic) -> str:
    """Return a follow-up with the practice under discussion, unless it is about something else."""
    text = without_opening(question)
    if not topic.practices:
        return f"{topic.question} {text}" if _completes(heard.index, text, question) else text
    subject = topic.practices[: 1 if topic.advised else 2]
    query = heard.ask(question)
    if not keeps_subject(heard, query, subject) or (
        not points_back(question) and asks_advice(heard.index, query)
    ):
        return text
    about = " en ".join(_labels(heard.index)[practice] for practice in subject)
    added = _added_words(heard.index, text, topic)
    return f"{text} ({about}: {' '.join(added)})" if added else f"{text} ({about})"


def _completes(index: Index, text: str, question: str) -> bool:
    """Return whether a follow-up makes no sense without the question before it."""
    leans = (
        has_pointer(text)
        or is_fragment(text)
        or (points_back(question) and len(topic_words(index, text)) <= FEW_WORDS)
    )
    return leans and not opens_subject(question)


def _added_words(index: Index, text: str, topic: Topic) -> list[str]:
    """Return the words of the last question that a follow-up points to, or lacks."""
    own = len(topic_words(index, text))
    if own > (MANY_WORDS if has_pointer(text) else FEW_WORDS) or len(text.split()) > STRONG_WORDS:
        return []
    known = set(words(text))
    if _aspects(index, text):
        known |= {word for aspect in index.aspects.values() for cue in aspect.cues for word in words(cue)}
    return [word for word in topic.words if not set(words(word)) <= known]


def _aspects(index: Index, text: str) -> tuple[str, ...]:
    return mentions(text, (), index.aspects.values()).aspects


def _labels(index: Index) -> dict[str, str]:
    return {practice.id: practice.label for practice in index.practices}
