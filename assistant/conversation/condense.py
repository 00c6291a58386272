"""A follow-up becomes a standalone question: what it leaves out is taken from earlier turns."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import texts
from assistant.advice.intent import asks_advice
from assistant.conversation.followup_words import (
    WEAK_WORDS,
    asks,
    asks_open,
    is_bare,
    is_fragment,
    opens_subject,
    own_words,
    points_back,
    with_practices,
    without_opening,
)
from assistant.conversation.list_items import counted_items, described_item, describes_item, lists_for
from assistant.conversation.topic import (
    Listener,
    Topic,
    between,
    favoured,
    keeps_subject,
    only_switches,
    topic_of,
)
from assistant.question.places import places
from assistant.retrieval.query import Query
from ingest.index.open import Index
from ingest.text.mentions import mentions
from ingest.text.tokens import words

FEW_WORDS = 2  # A question of at most so many words of its own asks what fits the situation told before.


@dataclass(frozen=True, slots=True)
class Condensed:
    """A standalone question, and the practices whose option was chosen after a question back.

    `query` is there when the question is sought in more than one form.
    """

    text: str
    chosen: tuple[str, ...] = ()
    query: Query | None = None


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
    if own and not only_switches(index, question):
        return Condensed(without_opening(question))
    topic = topic_of(heard, history)
    if own:
        return Condensed(with_practices(index, topic.question, own))
    told = _situation(heard, question, topic) or _item(heard, question, topic)
    return Condensed(told) if told else _beside(heard, question, topic)


def _situation(heard: Listener, question: str, topic: Topic) -> str:
    """Return what was told of a situation with a turn that adds to it, or asks which practice fits it."""
    index = heard.index
    cued = any(index.aspects[aspect].advice == "about" for aspect in _aspects(index, question))
    short = cued and len(question.split()) <= WEAK_WORDS
    if topic.asked and topic.situation:
        more = topic.advised and not asks(question) and bool(own_words(index, question))
        return f"{topic.situation} {question}" if more or short else ""
    if topic.asked or not topic.told or mentions(topic.question, index.practices, ()).practices:
        return ""
    whole = " ".join((*topic.told, question))
    vague = len(own_words(index, question)) <= FEW_WORDS
    return whole if short or (vague and asks_advice(index, heard.ask(whole))) else ""


def _item(heard: Listener, question: str, topic: Topic) -> str:
    """Return a question about the item of a list, or of an advice, that a follow-up means."""
    index = heard.index
    wanted = places(question)
    if not topic.question or not (wanted or describes_item(question)):
        return ""
    if wanted and topic.advised and topic.question == topic.situation and not wanted.noun:
        ranked = [place for place in wanted.numbers if 0 < place <= len(topic.practices)]
        return texts.ABOUT.format(label=_labels(index)[topic.practices[ranked[0] - 1]]) if ranked else ""
    lists = lists_for(index, heard.ask(_last(index, topic)))
    if wanted:
        items = counted_items(lists, wanted, topic.question)
        if len(items) > 1:
            return f"{without_opening(question)} ({' en '.join(items)})"
        return _about(index, " ".join(items), topic)
    found = described_item(lists, own_words(index, question))
    return _about(index, without_opening(question), topic, found) if found else ""


def _beside(heard: Listener, question: str, topic: Topic) -> Condensed:
    """Return a follow-up as it is, or sought beside the last question when it leans on that."""
    index = heard.index
    text = without_opening(question)
    if not topic.question:
        return Condensed(text)
    alone = heard.ask(text)
    if not _leans(heard, question, alone, topic):
        return Condensed(text, query=alone)
    if is_bare(index, question) and not asks_open(text):
        return Condensed(_last(index, topic))
    known = set(words(text))
    added = [word for word in topic.words if not set(words(word)) <= known]
    whole = _about(index, text, topic, added)
    if not topic.practices and not added:
        whole = f"{topic.question} {text}"
    beside = between(index, whole, alone, heard.ask(f"{_last(index, topic)} {text}"))
    return Condensed(whole, query=beside)


def _leans(heard: Listener, question: str, alone: Query, topic: Topic) -> bool:
    """Return whether a follow-up is about the same as the question before it."""
    if is_bare(heard.index, question):
        return not opens_subject(question)
    if not points_back(question) and asks_advice(heard.index, alone):
        return False
    if topic.practices:
        return keeps_subject(heard, question, alone, _subject(topic))
    leans = points_back(question) or is_fragment(question)
    return leans and not opens_subject(question)


def _last(index: Index, topic: Topic) -> str:
    """Return the last question as one that is standalone."""
    named = mentions(topic.question, index.practices, ()).practices
    known = set(words(topic.question))
    added = [word for word in topic.words if not set(words(word)) <= known]
    return _about(index, topic.question, topic, added, named)


def _about(
    index: Index, text: str, topic: Topic, added: Sequence[str] = (), named: Sequence[str] = ()
) -> str:
    """Return a text with the practices under discussion behind it, but for those named in it, and words."""
    labels = _labels(index)
    about = " en ".join(labels[practice] for practice in _subject(topic) if not named)
    context = ": ".join(part for part in (about, " ".join(added)) if part)
    return f"{text} ({context})" if text and context else text


def _subject(topic: Topic) -> Sequence[str]:
    """Return the practices that a follow-up is about: of an advice the first, of a comparison both."""
    return topic.practices[: 1 if topic.advised else 2]


def _aspects(index: Index, text: str) -> tuple[str, ...]:
    return mentions(text, (), index.aspects.values()).aspects


def _labels(index: Index) -> dict[str, str]:
    return {practice.id: practice.label for practice in index.practices}
