"""The block about the name that a question asks about: a town, an author, an organisation."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer.quotes import Found, sentences_of_block
from assistant.question.missing import is_common, is_name, names_asked
from assistant.types import Passage
from ingest.text.mentions import names_of
from ingest.text.sentences import opens_with_name
from ingest.text.tokens import stored_words, words

NAME_GAP = 1.2  # A paragraph that opens with the asked name may score so much less than the best block.
_ABOUT = re.compile(r"\(([^()]*)\)\s*$")  # What a follow-up is about comes after it.

# What is asked for leaves something out: `Nog een voorbeeld, maar niet over eenzaamheid.`
_OTHER = re.compile(r"\b(nog (een|eentje|zo'n|meer)|andere?|liever|behalve|buiten)\b", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"\b(?:(?:niet|geen)(?: (?:over|in|uit|van|bij|met|iets))?|behalve|buiten) ([^.,;?!()]+)", re.IGNORECASE
)

_ASKS = re.compile(r"(Wie|Wat|Waar\w*|Wanneer|Hoe\w*|Welke?)")  # A capital that opens a question is no name.


def of_asked_name(found: Found) -> Passage | None:
    """Return the block about the names that a question holds, or None when the best block is as good.

    After `Is er een voorbeeld in Meppel?` it is the paragraph that opens with Meppel, and not another one of
    the same kind that lists all towns.
    """
    asked, best = set(asked_names(found)), found.blocks[0]
    if not asked or _opens_with(best, asked):
        return None
    near = (p for p in _of_best_kind(found) if p.score >= best.score - NAME_GAP and _opens_with(p, asked))
    return next((passage for passage in near if asked <= _said(found, passage)), None)


def about_named(found: Found) -> Sequence[Passage]:
    """Return the blocks that hold all names that a follow-up is about, best first; none without such names.

    After an answer about a place, `Wie deden daar mee?` asks that of the place.
    """
    index = found.index
    names = [name for name in _names_before(found) if is_name(index, name) and not is_common(index, name)]
    named = set(words(" ".join(names)))
    return [p for p in found.blocks if named <= _said(found, p)] if named else []


def without_left_out(found: Found) -> Found:
    """Return what was found in the best kind of section, without what a question leaves out."""
    told = _LEFT_OUT.findall(found.query.text) if _OTHER.search(found.query.text) else []
    left_out = set(words(" ".join(told))) - set(words(_LEFT_OUT.sub(" ", found.query.text)))
    kept = tuple(p for p in _of_best_kind(found) if not left_out & _said(found, p)) if left_out else ()
    return replace(found, blocks=kept) if kept else found


def holds_name(found: Found, passage: Passage) -> bool:
    """Return whether a block holds a name that a question asks about."""
    asked = set(asked_names(found))
    return bool(asked) and bool(asked & _said(found, passage))


def asked_names(found: Found) -> Sequence[str]:
    """Return the stems of the names in a question, also of what it is about, but for those of practices."""
    tokens = " ".join((*names_asked(found.query.text), *_names_before(found))).split()
    return words(" ".join(_without_labels(found, tokens)))


def _names_before(found: Found) -> Sequence[str]:
    """Return the names of earlier turns that a follow-up is about."""
    about = _ABOUT.search(found.query.text)
    told = about[1].split() if about else []
    return _without_labels(found, [word for word in told if word[:1].isupper() and not _ASKS.fullmatch(word)])


def _without_labels(found: Found, tokens: Sequence[str]) -> list[str]:
    """Return the words that are no years and not of the names of practices."""
    if not tokens:
        return []
    labels = {stem for name in names_of(found.index.practices) for stem in stored_words(name)}
    return [token for token in tokens if not token.isdigit() and not labels & set(words(token))]


def _of_best_kind(found: Found) -> Sequence[Passage]:
    """Return the blocks of the practice and aspect that the best one is about, best first."""
    kinds = [(passage.section.practice, passage.section.aspect) for passage in found.blocks]
    return [passage for passage, kind in zip(found.blocks, kinds, strict=True) if kind == kinds[0]]


def _opens_with(passage: Passage, asked: set[str]) -> bool:
    text = passage.chunk.text
    return opens_with_name(text) and bool(asked & set(stored_words(text.partition(". ")[0])))


def _said(found: Found, passage: Passage) -> set[str]:
    """Return the stems of a block and its title, without those of remarks on it."""
    said = " ".join(sentence.text for sentence in sentences_of_block(found.index, passage))
    return set(stored_words(f"{passage.section.title} {said}"))
