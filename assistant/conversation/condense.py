"""A follow-up becomes a standalone question: what it leaves out is taken from earlier turns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import texts
from assistant.advice.intent import asks_advice
from assistant.conversation.followup_words import (
    WEAK_WORDS,
    asks,
    asks_open,
    compares,
    is_bare,
    is_fragment,
    means_both,
    opens_subject,
    own_words,
    points_back,
    with_practices,
    without_names,
    without_opening,
)
from assistant.conversation.list_items import (
    ListBlock,
    counted_places,
    described_name,
    describes_item,
    lists_for,
    name_of,
    named_place,
    shown_list,
    sought,
)
from assistant.conversation.topic import (
    Listener,
    Topic,
    between,
    favoured,
    keeps_subject,
    only_switches,
    topic_of,
)
from assistant.question.places import MOST_WORDS, Places, places, step_from
from assistant.retrieval.query import Query
from ingest.index.open import Index
from ingest.text.mentions import mentions
from ingest.text.tokens import words

FEW_WORDS = 2  # A question of at most so many words of its own asks what fits the situation told before.


@dataclass(frozen=True, slots=True)
class Condensed:
    """A standalone question, and the practices whose option was chosen after a question back.

    `query` is there when the question is sought in more than one form. `picked` are the numbers of the
    sentences that are asked for, where it asks for items of a list that was shown.
    """

    text: str
    chosen: tuple[str, ...] = ()
    query: Query | None = None
    picked: tuple[int, ...] = ()


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
    comparing = len(own) == 1 and compares(question) and points_back(without_names(index, question))
    if own and not comparing and not only_switches(index, question):
        return Condensed(without_opening(question))
    topic = topic_of(heard, history)
    if comparing:
        return Condensed(_compared(index, question, topic, own[0]))
    if own:
        return Condensed(with_practices(index, topic.question, own))
    if means_both(question) and len(topic.practices) == 1 and topic.before:
        topic = replace(topic, practices=(topic.before[0], *topic.practices), advised=False)
    told = _situation(heard, question, topic)
    return (
        Condensed(told) if told else _item(heard, question, topic, history) or _beside(heard, question, topic)
    )


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


def _compared(index: Index, question: str, topic: Topic, own: str) -> str:
    """Return a question that compares one practice with what is under discussion, with the name of that."""
    other = [practice for practice in topic.practices if practice != own][:1]
    return _about(index, without_opening(question), replace(topic, practices=tuple(other)))


def _item(heard: Listener, question: str, topic: Topic, history: Sequence[str]) -> Condensed | None:
    """Return a question about the items of a list, or of an advice, that a follow-up means."""
    index = heard.index
    wanted, step = places(question), step_from(question) if len(question.split()) <= MOST_WORDS else 0
    if not topic.question or not (wanted or step or describes_item(question)):
        return None
    advised = topic.advised and topic.question == topic.situation
    if wanted and advised and not wanted.noun:
        ranked = [place for place in wanted.numbers if 0 < place <= len(topic.practices)]
        if ranked:
            return Condensed(texts.ABOUT.format(label=_labels(index)[topic.practices[ranked[0] - 1]]))
    lists = _lists(heard, topic, history, wanted)
    if step:  # What comes after something comes in order.
        lists.sort(key=lambda block: not (block.ordered and block.place is not None))
    for block in lists:
        place = named_place(block, set(words(question)))
        if place is not None and (wanted or step):
            return _picked(index, question, topic, block, [place + step])
    if wanted or step:
        for block in lists:
            counted = counted_places(block, wanted, topic.question) if wanted else block.after(step)
            if counted:
                return _picked(index, question, topic, block, counted)
        return None
    own = own_words(index, question)
    meant = [name for block in lists if (name := described_name(block, own))][:1]
    return Condensed(_about(index, without_opening(question), topic, meant)) if meant else None


def _lists(heard: Listener, topic: Topic, history: Sequence[str], wanted: Places | None) -> list[ListBlock]:
    """Return the lists that a follow-up may count in, likeliest first: the one that was shown, and others.

    The first thing to do in a situation is the first of the list that says how to begin.
    """
    index = heard.index
    if wanted and wanted.numbers == (1,) and (topic.advised or not topic.asked):
        begins = [aspect.label for aspect in index.aspects.values() if aspect.begins]
        begin = [shown_list(index, heard.ask(_about(index, label, topic))) for label in begins[:1]]
        if any(begin):
            return [block for block in begin if block]
    before = condense(heard, history[-1], history[:-1])
    shown = shown_list(index, before.query or heard.ask(before.text), before.picked)
    noun = set(words(wanted.noun)) if wanted else set()
    near = lists_for(index, heard.ask(_last(index, topic)))
    others = [block for block in near if not wanted or noun & set(words(block.lead))]
    return [shown, *others] if shown else others


def _picked(
    index: Index, question: str, topic: Topic, block: ListBlock, found: Sequence[int]
) -> Condensed | None:
    """Return a question for some items of a list: for what they say, or for something else about them."""
    found = [place for place in found if 0 <= place < len(block.items)]
    items = [sought(block.items[place]) for place in found]
    section = index.sections[index.chunks[int(index.sentence_chunks[block.numbers[0]])].section_id]
    usual = {section.aspect, *(aspect.id for aspect in index.aspects.values() if aspect.defines)}
    if topic.asked and set(_aspects(index, question)) - usual:
        return Condensed(f"{without_opening(question)} ({' en '.join(items)})") if items else None
    named = mentions(" ".join(name_of(item) for item in items), index.practices, ()).practices
    if len(items) == len(named) == 1:
        return Condensed(texts.ABOUT.format(label=_labels(index)[named[0]]))
    picked = tuple(block.numbers[place] for place in found if len(found) > 1 or block.told(place))
    return Condensed(_about(index, " en ".join(items), topic), picked=picked) if items else None


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
    if is_bare(heard.index, question) or (means_both(question) and len(topic.practices) > 1):
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
