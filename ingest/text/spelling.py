"""Speller: a question as it was meant, where words were misspelled, run together, cut in two or shortened."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.text.tokens import folded, sound
from ingest.text.vocabulary import SHORTEST_PART, Vocabulary, checksum, load_vocabulary, parts

# Most errors that are forgiven, by the length from which they are; shorter words stay as they are.
LIMITS = ((9, 2.0), (6, 1.5), (5, 1.0), (4, 0.5))
WEIGHT_BONUS = 0.1  # A word that is meant e times as often wins from one that is a tenth of an error nearer.
MOST_DIFFERENCE = 2  # Letters by which the lengths may differ.
_LINKS = ("", "s", "e", "en")  # What may be between the parts of a Dutch compound.
_WORD = re.compile(r"(['’][tn]\b|[^\W_]+(?:['’][^\W_]+)*)")


class Speller:
    """Corrects the words that neither the corpus nor general Dutch knows; holds the vocabulary by sound."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word, sounding in vocabulary.sounds.items():
            if len(word) >= LIMITS[-1][0] - 1:
                self._alike[sounding[:1], len(word)].append(word)
        self._sounds: dict[tuple[str, int], list[str]] = defaultdict(list)
        for place, words in self._alike.items():
            self._sounds[place] = [vocabulary.sounds[word] for word in words]

    def correct(self, text: str) -> str:
        """Return a text with its misspelled words corrected; all else stays as it is."""
        pieces = _WORD.split(text)
        pieces[1::2] = [self._meant(word) for word in pieces[1::2]]
        return self._joined(pieces)

    def _meant(self, word: str) -> str:
        plain = folded(word).replace("’", "'")
        if plain.lstrip("'") in self._vocabulary.shorthand:
            return self._vocabulary.shorthand[plain.lstrip("'")]
        letters = plain.replace("'", "")
        if len(letters) < LIMITS[-1][0] or not letters.isalpha() or self._knows(letters):
            return word
        if letters in self._vocabulary.splits:
            return self._vocabulary.splits[letters]
        return word if self._is_compound(letters) else self._nearest(letters) or word

    def _knows(self, word: str) -> bool:
        known, number = self._vocabulary.known, checksum(word)
        place = int(np.searchsorted(known, np.uint32(number)))
        return place < len(known) and int(known[place]) == number

    def _is_compound(self, word: str) -> bool:
        """Return whether a word is made of two common ones, as Dutch does freely."""
        common = self._vocabulary.weights
        return any(
            second in common and first.removesuffix(link) in common
            for first, second in parts(word)
            for link in _LINKS
            if first.endswith(link) and len(first) - len(link) >= SHORTEST_PART
        )

    def _nearest(self, word: str) -> str | None:
        """Return the word that is most likely meant, or None when none is near enough."""
        limit = next(errors for length, errors in LIMITS if len(word) >= length)
        weights = self._vocabulary.weights
        near = [
            (errors - WEIGHT_BONUS * math.log(weights[other]), other)
            for other, errors in self._near(word)
            if errors <= limit
        ]
        return min(near)[1] if near else None

    def _near(self, word: str) -> Iterator[tuple[str, float]]:
        """Yield words of about the same length that start with the same sound, each with its errors."""
        sounding = sound(word)
        for length in range(len(word) - MOST_DIFFERENCE, len(word) + MOST_DIFFERENCE + 1):
            words = self._alike.get((sounding[:1], length), [])
            written, heard = (
                _within(word, words),
                _within(sounding, self._sounds.get((sounding[:1], length), [])),
            )
            for place in written.keys() | heard.keys():
                errors = written.get(place) or OSA.distance(word, words[place])
                yield words[place], min(errors, (errors + heard.get(place, errors)) / 2)

    def _joined(self, pieces: list[str]) -> str:
        """Return the text of words and what is between them, with the parts of compounds joined."""
        joins, place = self._vocabulary.joins, 1
        while place + 2 < len(pieces):
            first, between, second = pieces[place : place + 3]
            whole = joins.get(f"{folded(first)} {folded(second)}") if between == " " else None
            if whole:
                pieces[place : place + 3] = [whole]
            else:
                place += 2
        return "".join(pieces)


def _within(word: str, others: Sequence[str]) -> dict[int, int]:
    """Return the places of the words that differ in at most two letters, each with in how many."""
    near = process.extract(word, others, scorer=OSA.distance, score_cutoff=MOST_DIFFERENCE, limit=None)
    return {place: int(errors) for _, errors, place in near}


def load_speller(folder: Path) -> Speller:
    """Return the speller of a build; raise OSError, ValueError or KeyError when it cannot be read."""
    return Speller(load_vocabulary(folder))
