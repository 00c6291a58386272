"""A follow-up becomes a standalone question: what it leaves out is taken from earlier turns."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.advice.intent import asks_advice, term_of
from assistant.advice.reading import read
from assistant.conversation.advice_words import asks_if_still, supposes, weighs, weighs_and_tells
from assistant.conversation.followup_words import (
    WEAK_WORDS,
    asks,
    asks_open,
    asks_plainer,
    asks_shorter,
    compares,
    corrects,
    goes_on,
    has_pointer,
    is_bare,
    is_fragment,
    means_both,
    opens_subject,
    own_words,
    points_back,
    with_practices,
    without_opening,
    without_remark,
)
from assistant.conversation.items import meant_items
from assistant.conversation.smalltalk import small_talk
from assistant.conversation.subject import Listener, keeps_subject
from assistant.conversation.topic import (
    Condensed,
    Topic,
    about,
    between,
    favoured,
    last_question,
    only_switches,
    subject_of,
    topic_of,
)
from assistant.retrieval.query import Query
from ingest.index.open import Index
from ingest.text.mentions import mentions, without_names
from ingest.text.tokens import words

FEW_WORDS = 2  # A question of at most so many words of its own asks what fits the situation told before.


def condense(heard: Listener, question: str, history: Sequence[str]) -> Condensed:
    """Fold the visitor's earlier turns into a question that leans on them; return another one as it is.

    A greeting or thanks is no turn to lean on.
    """
    index = heard.index
    history = [turn for turn in history if not small_talk(turn, index.about, advises=False)]
    last = next((turn for turn in reversed(history) if not favoured(index, turn)), None)
    if last is None:
        return Condensed(question)
    if favoured(index, question):
        chosen = tuple(practice for turn in (*history, question) for practice in favoured(index, turn))
        return Condensed(f"{last} {question}", chosen)
    own = mentions(question, index.practices, ()).practices
    going_on = _about_advice(heard, question, history, own)
    if going_on:
        return going_on
    comparing = len(own) == 1 and compares(question) and points_back(without_names(question, index.practices))
    if own and not comparing and not (only_switches(index, question) or corrects(question)):
        return _of_another(heard, question, history, own)
    topic = topic_of(heard, history)
    if topic.question and not own and (asks_shorter(question) or asks_plainer(question)):
        return Condensed(last_question(index, topic), brief=asks_shorter(question))
    if comparing:
        return Condensed(_compared(index, question, topic, own[0]))
    if own:
        return Condensed(with_practices(index, topic.question, own))
    if means_both(question) and len(topic.practices) == 1 and topic.before:
        topic = replace(topic, practices=(topic.before[0], *topic.practices), advised=False)
    told = _situation(heard, question, topic)
    if told:
        return told
    meant = meant_items(heard, question, topic, lambda: condense(heard, history[-1], history[:-1]))
    return meant or _beside(heard, question, topic)


def _about_advice(
    heard: Listener, question: str, history: Sequence[str], own: Sequence[str]
) -> Condensed | None:
    """Return the situation told before for a turn that weighs another practice or changes what was told."""
    index = heard.index
    weighing = bool(own) and weighs(index, question)
    telling = bool(own) and weighs_and_tells(index, question)
    changing = supposes(question) and bool(own or read(index, (question,)).signs)
    still = asks_if_still(question)
    if not (weighing or telling or changing or still):
        return None
    topic = topic_of(heard, history)
    told = topic.situation or ("" if topic.asked else " ".join(topic.told))
    if not told and topic.asked and (changing or still) and asks_advice(index, heard.ask(topic.question)):
        told = topic.question
    elif not (weighing or telling or changing or topic.advised):
        return None
    if not told:
        return None
    if not topic.asked and topic.told:
        return Condensed(f"{told} {question}", about_advice="tells")
    if weighing:
        return Condensed(with_practices(index, told, own), about_advice="weighs")
    return Condensed(f"{told} {question}", about_advice="supposes" if changing or still else "adds")


def _of_another(heard: Listener, question: str, history: Sequence[str], own: Sequence[str]) -> Condensed:
    """Return a turn that names practices; one that goes on is sought beside the last question of them.

    One that names again what is under discussion, and points back, keeps what else was said of it:
    `Wie leidt dat?` with the name of a practice, after a question about a place.
    """
    index, text = heard.index, without_opening(question)
    points = has_pointer(question)
    if opens_subject(question) or not (points or goes_on(question)):
        return Condensed(text)
    topic = topic_of(heard, history)
    if topic.advised or not (topic.asked and topic.practices):
        return Condensed(text)
    alone = heard.ask(text)
    if points and set(own) == set(topic.practices):
        whole = about(index, text, topic, _added(topic, text), own)
        return Condensed(whole, query=between(index, whole, alone, heard.ask(whole)))
    last = heard.ask(with_practices(index, topic.question, own))
    return Condensed(text, query=between(index, text, alone, last))


def starts_anew(index: Index, question: str) -> bool:
    """Return whether a turn leaves the situation told before: it says so, or asks about a policy term."""
    named = term_of(index, (question,)) is not None
    return opens_subject(question) or (named and _cued(index, question))


def _situation(heard: Listener, question: str, topic: Topic) -> Condensed | None:
    """Return what was told of a situation with a turn that adds to it, or asks which practice fits it."""
    index = heard.index
    if starts_anew(index, question):
        return None
    cued = _cued(index, question)
    short = cued and len(question.split()) <= WEAK_WORDS
    if topic.asked and topic.situation:
        more = topic.advised and not asks(question) and bool(own_words(index, question))
        return Condensed(f"{topic.situation} {question}") if more or short else None
    named = mentions(topic.question, index.practices, ()).practices
    if not topic.told or named or (topic.asked and topic.practices):
        return None
    told = (topic.question, *topic.told) if topic.asked else topic.told
    whole = " ".join((*told, question))
    own = own_words(index, question)
    vague = not topic.asked and len(own) <= FEW_WORDS and asks_advice(index, heard.ask(whole))
    if not (short or vague):
        return None
    return Condensed(whole, about_advice="tells" if short or not own else None)


def _compared(index: Index, question: str, topic: Topic, own: str) -> str:
    """Return a question that compares one practice with what is under discussion, by its name or words.

    A turn that says no more than that asks the last question of both.
    """
    other = tuple(practice for practice in topic.practices if practice != own)[:1]
    if topic.asked and not own_words(index, without_opening(question)):
        return with_practices(index, topic.question, (*other, own))
    added = () if other else topic.words
    return about(index, without_opening(question), replace(topic, practices=other), added)


def _beside(heard: Listener, question: str, topic: Topic) -> Condensed:
    """Return a follow-up as it is, or sought beside the last question when it leans on that."""
    index = heard.index
    text = without_remark(without_opening(question))
    if not topic.question:
        return Condensed(text)
    alone = heard.ask(text)
    if not _leans(heard, question, alone, topic):
        return Condensed(text, query=alone)
    if is_bare(index, question) and not asks_open(text):
        return Condensed(last_question(index, topic))
    added = _added(topic, text)
    whole = about(index, text, topic, added)
    if not topic.practices and not added:
        whole = f"{topic.question} {text}"
    leaned_on = whole if topic.advised else f"{last_question(index, topic)} {text}"
    beside = between(index, whole, alone, heard.ask(leaned_on))
    return Condensed(whole, query=beside)


def _added(topic: Topic, text: str) -> list[str]:
    """Return the words under discussion that a turn does not have."""
    known = set(words(text))
    return [word for word in topic.words if not set(words(word)) <= known]


def _leans(heard: Listener, question: str, alone: Query, topic: Topic) -> bool:
    """Return whether a follow-up is about the same as the question before it."""
    if is_bare(heard.index, question) or (means_both(question) and len(topic.practices) > 1):
        return not opens_subject(question)
    if not points_back(question) and asks_advice(heard.index, alone):
        return False
    if topic.practices:
        return keeps_subject(heard, question, alone, subject_of(topic))
    leans = points_back(question) or is_fragment(question)
    return leans and not opens_subject(question)


def _cued(index: Index, question: str) -> bool:
    return any(index.aspects[aspect].advice == "about" for aspect in _aspects(index, question))


def _aspects(index: Index, text: str) -> tuple[str, ...]:
    return mentions(text, (), index.aspects.values()).aspects
