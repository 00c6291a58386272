"""The words that a corpus uses, with the common words of Dutch: what a misspelled word can be meant as."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.text.tokens import folded, sound
from ingest.types import Corpus

LANGUAGE, SECOND_LANGUAGE = "nl", "en"
FREQUENT = 2_000  # A general word must occur this often in the list (382 million words) to be a correction.
FREQUENT_SECOND = 5_000  # From here on (of 1,647 million) a word of the second language is left as it is.
GENERAL_WEIGHT = 0.001  # One occurrence in the corpus weighs as much as 20,000 in the general list.
CORPUS_WEIGHT = 20
LEAST_EXAMPLES = 3  # Example questions hold misspellings on purpose; from here on a word of theirs is meant.
LEAST_PAIRS = 2  # Two words that follow each other this often may have been written as one.
SHORTEST_PART = 4  # Letters in a part of a compound.
WORDS_FILE, KNOWN_FILE = "vocabulary.json", "known.npy"

_WORD = re.compile(r"[a-z0-9']+")
_Pair = tuple[str, str, str]  # Two words, with the space or the hyphen between them in the middle.
_PAIR = re.compile(r"\b([a-z]+)(?=([ -])([a-z]+)\b)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words without accents, with how likely each is meant; `known` holds checksums of all correct words.

    `sounds` gives a word as it sounds. `splits` turns words that were run together into two, `joins` two
    words into the compound that they are. `shorthand` gives the full form of words of chat language.
    """

    weights: Mapping[str, float]
    sounds: Mapping[str, str]
    splits: Mapping[str, str]
    joins: Mapping[str, str]
    shorthand: Mapping[str, str]
    known: NDArray[np.uint32]


def vocabulary(corpus: Corpus) -> Vocabulary:
    """Return the vocabulary of a corpus, of its example questions and of general Dutch."""
    texts = [text for section in corpus.sections for text in (section.title, section.text)]
    names = [name for practice in corpus.practices for name in (practice.label, *practice.aliases)]
    cues = [cue for aspect in corpus.aspects for cue in (aspect.label, *aspect.cues)]
    questions = [variant.text for variant in corpus.variants]
    situations = [situation.text for situation in corpus.situations]
    own, general = Counter(_letters([*texts, *names, *cues])), _general()
    counts = own + _meant(
        Counter(_letters([*questions, *situations, *(one.text for one in corpus.unanswerable)])), own, general
    )
    weights = {word: times * GENERAL_WEIGHT for word, times in general.items() if times >= FREQUENT}
    weights |= {word: max(CORPUS_WEIGHT * n, weights.get(word, 0.0)) for word, n in counts.items()}
    known = counts.keys() | general.keys() | _mixed_in()
    pairs = Counter(pair for text in (*texts, *questions) for pair in _PAIR.findall(folded(text)))
    return Vocabulary(
        weights=weights,
        sounds={word: sound(word) for word in weights},
        splits=_splits(pairs, known),
        joins=_joins(own, pairs, known),
        shorthand=corpus.shorthand,
        known=np.union1d(_general_checksums(), _checksums(counts.keys())),
    )


def parts(word: str) -> Iterator[tuple[str, str]]:
    """Yield every way to cut a word in two, each part long enough to be a word of its own."""
    for end in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        yield word[:end], word[end:]


def checksum(word: str) -> int:
    """Return the number that stands for a word among the known ones; one in 10,000 words shares its own."""
    return zlib.crc32(word.encode())


def save_vocabulary(folder: Path, words: Vocabulary) -> None:
    """Write a vocabulary into a build."""
    rows = [(word, round(weight, 3), words.sounds[word]) for word, weight in words.weights.items()]
    content = {
        "words": rows,
        "splits": dict(words.splits),
        "joins": dict(words.joins),
        "shorthand": dict(words.shorthand),
    }
    (folder / WORDS_FILE).write_text(json.dumps(content), encoding="utf-8")
    np.save(folder / KNOWN_FILE, words.known)


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read the vocabulary of a build; raise OSError, ValueError or KeyError when it cannot be read."""
    content = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
    return Vocabulary(
        weights={word: weight for word, weight, _ in content["words"]},
        sounds={word: sounding for word, _, sounding in content["words"]},
        splits=content["splits"],
        joins=content["joins"],
        shorthand=content["shorthand"],
        known=np.load(folder / KNOWN_FILE),
    )


def _letters(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words of texts that are of letters only; an apostrophe falls away."""
    for text in texts:
        words = (word.replace("'", "") for word in _WORD.findall(folded(text).replace("’", "'")))
        yield from (word for word in words if word.isalpha())


def _meant(counts: Counter[str], own: Counter[str], general: Mapping[str, int]) -> Counter[str]:
    """Return the words of example questions that are no misspelling, as far as one can tell."""
    return Counter(
        {word: n for word, n in counts.items() if word in own or word in general or n >= LEAST_EXAMPLES}
    )


def _splits(pairs: Counter[_Pair], known: Set[str]) -> dict[str, str]:
    """Return the pairs by what they are when written as one, where that is no word itself."""
    joined = {first + second: (first, between, second) for first, between, second in pairs}
    return {
        run: "".join(pair) for run, pair in joined.items() if pairs[pair] >= LEAST_PAIRS and run not in known
    }


def _joins(own: Counter[str], pairs: Counter[_Pair], known: Set[str]) -> dict[str, str]:
    """Return the corpus's compounds by their two parts, where the corpus writes them more often as one."""
    return {
        f"{first} {second}": word
        for word in own
        for first, second in parts(word)
        if first in known and second in known and own[word] > pairs[first, " ", second]
    }


@lru_cache(maxsize=1)
def _general() -> Mapping[str, int]:
    """Return the words of general Dutch, with how often each occurs."""
    counted: Counter[str] = Counter()
    for word, times in _listed(LANGUAGE).items():
        plain = (word if word.isascii() else folded(word)).replace("'", "")
        if plain.isalpha():
            counted[plain] += times
    return counted


@lru_cache(maxsize=1)
def _mixed_in() -> frozenset[str]:
    """Return the common words of the language that people mix in."""
    return frozenset(word for word, times in _listed(SECOND_LANGUAGE).items() if times >= FREQUENT_SECOND)


@lru_cache(maxsize=1)
def _general_checksums() -> NDArray[np.uint32]:
    """Return the checksums of the words that are correct in any corpus, in order."""
    return np.unique(_checksums(_general().keys() | _mixed_in()))


def _checksums(words: Set[str]) -> NDArray[np.uint32]:
    return np.fromiter(map(checksum, words), dtype=np.uint32, count=len(words))


def _listed(language: str) -> Mapping[str, int]:
    from spellchecker import SpellChecker  # needed only here, and it reads a large file

    listed: Mapping[str, int] = SpellChecker(language=language).word_frequency.dictionary
    return listed
