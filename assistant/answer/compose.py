"""ExtractiveWriter: an answer of a fixed frame and sentences taken word for word from the best passages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import texts
from assistant.advice.judgement import Judgement
from assistant.answer.explain import explain
from assistant.retrieval.ranking import rank_sentences, sentences_of
from assistant.retrieval.retriever import Query
from assistant.types import Claim, Passage, Sentence
from ingest.index.open import Index
from ingest.text.mentions import mentions
from ingest.text.tokens import words
from ingest.types import Aspect, Practice

MOST_WORDS = 150  # Quoted words in one answer, about.
MOST_SENTENCES = 5
MOST_A_SIDE = 2  # Sentences about each practice in a comparison.
MOST_ROWS = 3  # Criteria on which practices are set side by side.
SECTIONS = 4  # Sentences come from this many of the best sections.
DROP = 0.6  # A sentence that scores this much below the best is left out.
SAME_SECTION_BONUS = 0.4  # Sentences of one section read as one text.
SAME_WORDS = 0.7  # From this share of shared words on, two sentences say the same.
_Naming = tuple[Sentence, tuple[str, ...]]  # A sentence with the practices that it names.
_STEP = re.compile(r"(Stap|Fase) \d+\b|\d+[.)] ")


@dataclass(frozen=True, slots=True)
class Found:
    """All that a writer needs: the question, the passages, and the judgement when advice was asked."""

    index: Index
    query: Query
    passages: tuple[Passage, ...]
    judgement: Judgement | None


class ExtractiveWriter:
    """The writer that needs no language model."""

    mode = texts.MODE_EXTRACTIVE

    def write(self, found: Found) -> list[Claim]:
        """Return the claims in order: advice, a comparison, steps, or the sentences that answer best."""
        if found.judgement:
            return explain(found.index, found.judgement)
        if len(found.query.mentions.practices) >= 2:
            return _comparison(found)
        return _overview(found) or _best(found)


def _comparison(found: Found) -> list[Claim]:
    """Set the named practices side by side, from the sections that treat them all else by their best."""
    labels = {practice.id: practice.label for practice in found.index.practices}
    named = found.query.mentions.practices
    ranked = [
        (sentence, _named(sentence.text, tuple(found.index.practices)))
        for sentence in _ranked(found, [passage.section.section_id for passage in found.passages])
    ]
    sides = _sides_of_sections_on_all(found, named, ranked) or _sides_of_any_section(named, ranked)
    claims = []
    for practice, sentences in sides.items():
        claims.append(Claim(f"{labels[practice]}:", opens_line=True))
        claims += [Claim(sentence.text, sentence) for sentence in sentences]
    return claims or _best(found)


@lru_cache(maxsize=4_096)
def _named(text: str, practices: tuple[Practice, ...]) -> tuple[str, ...]:
    """Return the practices that a stored sentence names; kept, as the same sentences are compared often."""
    return mentions(text, practices, ()).practices


def _sides_of_sections_on_all(
    found: Found, named: Sequence[str], ranked: Sequence[_Naming]
) -> dict[str, list[Sentence]]:
    """Return the best sentence about each practice alone from the best sections that have one for all.

    Sections that treat every practice come before those that only happen to name these.
    """
    rows: dict[str, dict[str, Sentence]] = {passage.section.section_id: {} for passage in found.passages}
    for sentence, about in ranked:
        if len(about) == 1:
            rows[sentence.section.section_id].setdefault(about[0], sentence)
    complete = [row for row in rows.values() if row.keys() >= set(named)]
    on_all = [row for row in complete if len(row) == len(found.index.practices)]

    def score(row: dict[str, Sentence]) -> float:
        return sum(row[practice].score for practice in named) / len(named)

    best = sorted(on_all or complete, key=score, reverse=True)[:MOST_ROWS]
    treated = {found.index.sections[sid].aspect for sid, row in rows.items() if row in best}
    general = not _words_beyond(found, [a for a in found.index.aspects.values() if a.id in treated])
    near = [row for row in best if general or score(row) >= score(best[0]) - DROP]
    return {practice: [row[practice] for row in near] for practice in named} if near else {}


def _sides_of_any_section(named: Sequence[str], ranked: Sequence[_Naming]) -> dict[str, list[Sentence]]:
    """Return the best sentences about each practice: those that name it first or stand in its sections."""
    owners = [(sentence, about[0] if about else sentence.section.practice) for sentence, about in ranked]
    sides = {p: _without_repeats([s for s, owner in owners if owner == p], MOST_A_SIDE) for p in named}
    return {practice: sentences for practice, sentences in sides.items() if sentences}


def _overview(found: Found) -> list[Claim]:
    """Return what the text says about an aspect of a practice, when a question asks for that as a whole."""
    named = found.query.mentions
    retrieved = [passage.section for passage in found.passages]
    about = dict.fromkeys(
        section.section_id
        for section in (*retrieved, *found.index.sections.values())
        if section.aspect in named.aspects and section.practice in named.practices
    )
    if not about or not _asks_in_general(found):
        return []
    steps = (_steps(found, section_id) for section_id in about)
    return next(filter(None, steps), None) or [
        Claim(sentence.text, sentence) for sentence in _in_order(_ranked(found, list(about)))
    ]


def _steps(found: Found, section_id: str) -> list[Claim]:
    """Return every step of a section, in order, or nothing when it holds no steps."""
    own = rank_sentences(found.index, found.query, sentences_of(found.index, [section_id]), {})
    steps = [sentence for sentence in own if _STEP.match(sentence.text)]
    if len(steps) < 2:
        return []
    return [Claim(texts.STEPS_LEAD)] + [Claim(step.text, step, opens_line=True) for step in steps]


def _in_order(ranked: Sequence[Sentence]) -> list[Sentence]:
    """Return the best sentences that say something new, in the order of the text."""
    return sorted(_without_repeats(ranked, MOST_SENTENCES), key=lambda sentence: sentence.number)


def _asks_in_general(found: Found) -> bool:
    """Return whether a question names nothing but a practice and an aspect."""
    return len(_words_beyond(found, list(found.index.aspects.values()))) <= 1


def _words_beyond(found: Found, aspects: Sequence[Aspect]) -> set[str]:
    """Return the words of a question that name neither a practice nor one of these aspects."""
    known = [p.label for p in found.index.practices] + [a for p in found.index.practices for a in p.aliases]
    known += [cue for aspect in aspects for cue in aspect.cues]
    return set(words(found.query.text)) - set(words(" ".join(known)))


def _best(found: Found) -> list[Claim]:
    """Return the sentences that answer best, those of one section together and in order."""
    sections = [passage.section.section_id for passage in found.passages[:SECTIONS]]
    ranked = _ranked(found, sections)
    home = ranked[0].section.section_id
    bonus = dict.fromkeys((s.number for s in ranked if s.section.section_id == home), SAME_SECTION_BONUS)
    worth = sorted(ranked, key=lambda s: -(s.score + bonus.get(s.number, 0.0)))
    near = [s for s in worth if s.score + bonus.get(s.number, 0.0) >= ranked[0].score - DROP]
    chosen = _without_repeats([ranked[0], *near], MOST_SENTENCES)
    order = {
        section_id: place
        for place, section_id in enumerate(dict.fromkeys(s.section.section_id for s in chosen))
    }
    chosen.sort(key=lambda s: (order[s.section.section_id], s.span.start))
    return [Claim(sentence.text, sentence) for sentence in chosen]


def _ranked(found: Found, section_ids: Sequence[str]) -> list[Sentence]:
    scores = {passage.section.section_id: passage.score for passage in found.passages}
    numbers = sentences_of(found.index, section_ids)
    return sorted(rank_sentences(found.index, found.query, numbers, scores), key=lambda s: -s.score)


def _without_repeats(ranked: Iterable[Sentence], most: int) -> list[Sentence]:
    """Return the first sentences that say something new, within the words that an answer may quote."""
    chosen: list[Sentence] = []
    length = 0
    for sentence in ranked:
        size = len(sentence.text.split())
        if len(chosen) >= most or (chosen and length + size > MOST_WORDS):
            break
        if not any(_says_the_same(sentence.text, other.text) for other in chosen):
            chosen.append(sentence)
            length += size
    return chosen


def _says_the_same(one: str, other: str) -> bool:
    first, second = set(words(one)), set(words(other))
    return bool(first and second) and len(first & second) / min(len(first), len(second)) >= SAME_WORDS
