"""What a follow-up means of what was shown: an item of a list or of an advice, a source, a person."""

import re
from collections.abc import Callable, Sequence

from assistant import texts
from assistant.conversation.followup_words import own_words, without_opening
from assistant.conversation.list_items import (
    ListBlock,
    counted_places,
    described_name,
    describes_item,
    lists_for,
    shown_list,
    shown_sentences,
    sought,
)
from assistant.conversation.sources import asks_sources, source_items
from assistant.conversation.subject import Listener
from assistant.conversation.topic import Condensed, Topic, about, labels, last_question
from assistant.question.places import MOST_WORDS, Places, in_turn, named_place, places, step_from, with_item
from assistant.retrieval.ranking import numbered
from ingest.index.open import Index
from ingest.text.mentions import mentions
from ingest.text.sentences import name_of
from ingest.text.tokens import folded, words

_HE = re.compile(r"\b(hij|hem|die (man|vrouw|auteur|schrijver|onderzoeker))\b")
_PERSON = re.compile(r"(?<!\bhet )(?<!\bHet )\b[A-Z]\w+ (?:(?:van|de|der|den) )*([A-Z][\w-]+)")

Before = Callable[[], Condensed]


def meant_items(heard: Listener, question: str, topic: Topic, before: Before) -> Condensed | None:
    """Return a question about the items of the text that a follow-up means, or None when it means none.

    `before` gives the turn before it as a standalone question.
    """
    return (
        _sources(heard, question, before)
        or _of_person(heard, question, topic, before)
        or _item(heard, question, topic, before)
    )


def _sources(heard: Listener, question: str, before: Before) -> Condensed | None:
    """Return a question for the sources of what answered the turn before."""
    if not asks_sources(question):
        return None
    index = heard.index
    numbers = _shown_before(heard, before)
    if not numbers:
        return None
    section = index.sections[index.chunks[int(index.sentence_chunks[numbers[0]])].section_id]
    picked = source_items(index, section.sources)
    return Condensed(f"{without_opening(question)} ({section.title})", picked=picked) if picked else None


def _of_person(heard: Listener, question: str, topic: Topic, before: Before) -> Condensed | None:
    """Return a question about the person whom the answer before it names: `Wat schreef hij nog meer?`."""
    if not _HE.search(folded(question)):
        return None
    index = heard.index
    told = [numbered(index, number).text for number in _shown_before(heard, before)]
    names = [name for sentence in told for name in _PERSON.findall(sentence)][:1]
    return Condensed(about(index, without_opening(question), topic, names)) if names else None


def _shown_before(heard: Listener, before: Before) -> Sequence[int]:
    """Return the numbers of the sentences that the turn before was answered with."""
    turn = before()
    return turn.picked or shown_sentences(heard.index, turn.query or heard.ask(turn.text))


def _item(heard: Listener, question: str, topic: Topic, before: Before) -> Condensed | None:
    """Return a question about the items of a list, or of an advice, that a follow-up means."""
    index = heard.index
    wanted, step = places(question), step_from(question) if len(question.split()) <= MOST_WORDS else 0
    if not topic.question or not (wanted or step or describes_item(question)):
        return None
    advised = topic.advised and topic.question == topic.situation
    if wanted and advised and not wanted.noun and not in_turn(question):
        ranked = [place for place in wanted.numbers if 0 < place <= len(topic.practices)]
        if ranked:
            label = labels(index)[topic.practices[ranked[0] - 1]]
            return Condensed(_of_practice(index, question, label))
    lists = _lists(heard, topic, before, wanted)
    if step:  # What comes after something comes in order.
        lists.sort(key=lambda block: not (block.ordered and block.place is not None))
    for block in lists:
        place = named_place(block.items, set(words(question)))
        if place is not None and (wanted or step):
            return _picked(index, question, topic, block, [place + step])
    if wanted or step:
        for block in lists:
            counted = counted_places(block, wanted, topic.question) if wanted else block.after(step)
            if counted:
                onward = step if wanted else 0
                return _picked(index, question, topic, block, [place + onward for place in counted])
        return None
    own = own_words(index, question)
    meant = [name for block in lists if (name := described_name(block, own))][:1]
    return Condensed(about(index, without_opening(question), topic, meant)) if meant else None


def _lists(heard: Listener, topic: Topic, before: Before, wanted: Places | None) -> list[ListBlock]:
    """Return the lists that a follow-up may count in, likeliest first: the one that was shown, and others.

    The first thing to do in a situation is the first of the list that says how to begin.
    """
    index = heard.index
    if wanted and wanted.numbers == (1,) and (topic.advised or not topic.asked):
        begins = [aspect.label for aspect in index.aspects.values() if aspect.begins]
        begin = [shown_list(index, heard.ask(about(index, label, topic))) for label in begins[:1]]
        if any(begin):
            return [block for block in begin if block]
    turn = before()
    shown = shown_list(index, turn.query or heard.ask(turn.text), turn.picked)
    noun = set(words(wanted.noun)) if wanted else set()
    near = lists_for(index, heard.ask(last_question(index, topic)))
    others = [block for block in near if not wanted or noun & set(words(block.lead))]
    return [shown, *others] if shown else others


def _of_practice(index: Index, question: str, label: str) -> str:
    """Return what a question for an item asks of the practice that the item is: what it is, or more."""
    asked = without_opening(with_item(question, label))
    return asked if own_words(index, asked) else texts.ABOUT.format(label=label)


def _picked(
    index: Index, question: str, topic: Topic, block: ListBlock, found: Sequence[int]
) -> Condensed | None:
    """Return a question for some items of a list: for what they say, or for something else about them."""
    found = [place for place in found if 0 <= place < len(block.items)]
    items = [sought(block.items[place]) for place in found]
    section = index.sections[index.chunks[int(index.sentence_chunks[block.numbers[0]])].section_id]
    usual = {section.aspect, *(aspect.id for aspect in index.aspects.values() if aspect.defines)}
    if topic.asked and set(mentions(question, (), index.aspects.values()).aspects) - usual:
        return Condensed(f"{without_opening(question)} ({' en '.join(items)})") if items else None
    named = mentions(" ".join(name_of(item) for item in items), index.practices, ()).practices
    if len(items) == len(named) == 1:
        return Condensed(_of_practice(index, question, labels(index)[named[0]]))
    picked = tuple(block.numbers[place] for place in found if len(found) > 1 or block.told(place))
    return Condensed(about(index, " en ".join(items), topic), picked=picked) if items else None
