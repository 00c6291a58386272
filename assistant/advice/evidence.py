"""The few words of a turn that state a criterion: of all phrases the one that says it best.

A phrase is worth what the reading of criteria makes of its words, and more where it begins and ends as the
text does: at a clause, or at punctuation.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.learning.classifier import Matrix, TextClassifier, char_ngrams, pair
from ingest.text.clauses import clauses, phrases
from ingest.text.tokens import folded, words
from ingest.types import Span

MOST_WORDS = 16
MOST_WHOLE = 22  # Words, where a phrase goes on to the end of what it says: `Er zijn mensen | die het weten.`
FEWEST_WORDS = 2  # Of a phrase that carry meaning: `nog wat` says nothing.
TINY = 1e-6  # No phrase of unknown words divides by nothing.
# A conditional logit over all phrases of a turn, for the overlap with the words that annotators marked. All
# but length counts more than fits best, so that 96% begin and 98% end where a clause does. On writers left
# out the overlap (F1 of the letters) is 0.72, with eleven words in the middle case:
# `python -m evals reading`.
LOGIT, WORDS, WORDS_SQUARED, ONE_WORD = 1.18, 0.132, 0.0088, -3.2
CLAUSE_START, CLAUSE_END, PHRASE_START, PHRASE_END = 2.20, 3.20, 2.30, 1.73
# Of a list without verbs the one item that says it: as much overlap with what annotators marked, and shorter.
PAUSE_INSIDE = -3.0
_WORD = re.compile(r"\S+")
_OPENS = re.compile(r"^(?:en|maar|want|omdat|zodat|terwijl|dus|nou|ja|nee)\s+", re.IGNORECASE)
_JOINS = re.compile(
    r"(?:\s+(?:in plaats|en|of|de|het|een|met|van|in|op|om|te|bij|voor|dat|die))+$", re.IGNORECASE
)
# What several do; and who does it, if it is not a row of names: `Bewoners, de school en wij willen`.
_MANY_DO = frozenset(
    "willen hebben gaan kunnen moeten mogen zijn weten doen worden komen zitten lopen werken staan".split()
)
_SUBJECTS = frozenset("ik we ze zij je jij er het dat dit die niemand iedereen is heeft wil kan".split())
ASKED = -4.0  # What is only asked tells nothing of a situation: `Wat is het beste?`
_ASKS = re.compile(
    r"(?:^|[.!?\n]\s+)((?:en |maar |dus )?"
    r"(?:wat|welke?|hoe|waar|wie|(?:is|kan|past|zou) (?:dat|het|dit|er))\b[^.!?\n]*\?)",
    re.IGNORECASE,
)
_EDGES = " \t\n.,;:!?()-–'\"“”‘’"
_Edges = tuple[NDArray[np.bool_], NDArray[np.bool_]]  # Which words open a piece of text, which close one.
_NONE = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
_GOES_ON = re.compile(r"(?:dat|die|waar|of)\b", re.IGNORECASE)  # A clause that the one before it needs.
_CUT = re.compile(r"\s+\S")  # The text goes on after a phrase,
_PAUSES = re.compile(r"[.,;:!?]\W*$")  # unless that ends in punctuation.
_ENDS = re.compile(r"[.!?:;][\"'”’)]*$")
_STOPS = re.compile(r"[.!?][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class _Known:
    """The n-grams that a detector knows, by number, and the word that each belongs to."""

    numbers: NDArray[np.int64]
    words: NDArray[np.int64]

    def running(self, values: Matrix, count: int) -> NDArray[np.float64]:
        """Return the sums of the values of the words before each of `count` words, and of all."""
        return np.concatenate([[0.0], np.cumsum(np.bincount(self.words, values, count))])


@dataclass(frozen=True, slots=True)
class Turn:
    """The words of a turn and its phrases: word numbers `first` up to `end`, and what their form is worth.

    `ones` are the known n-grams of words, `twos` the known pairs, each with the second of its words. After a
    word where the text is `complete` nothing is missed; where it `pauses` a reader stops, and where it
    `stops` a sentence ends. A clause begins with a word that `opens` it.
    """

    text: str
    detector: TextClassifier
    words: tuple[Span, ...]
    ones: _Known
    twos: _Known
    first: NDArray[np.int64]
    end: NDArray[np.int64]
    worth: NDArray[np.float64]
    complete: NDArray[np.bool_]
    pauses: NDArray[np.bool_]
    stops: NDArray[np.bool_]
    opens: NDArray[np.bool_]

    def evidence(self, column: int) -> str:
        """Return the phrase that says best what a column of the detector stands for."""
        if not self.words:
            return ""
        logits = self._logits(column)
        best = int(np.argmax(self.worth + LOGIT * logits))
        end = self._told_whole(best, logits)
        first, last = self.words[self._told_from(int(self.first[best]), end)], self.words[end - 1]
        cut = _CUT.match(self.text, last.end) is not None
        return _trimmed(self.text[first.start : last.end], cut=cut)

    def _told_whole(self, best: int, logits: NDArray[np.float64]) -> int:
        """Return where a phrase ends, or if it breaks off where the text pauses: `mensen | die`.

        That is within the phrase when what stands before the pause says it as well, else behind the phrase.
        """
        first, end = int(self.first[best]), int(self.end[best])
        if self.complete[end - 1]:
            return end
        shorter = (self.first == first) & (self.end < end) & self.pauses[self.end - 1]
        told = np.flatnonzero(shorter & (logits >= logits[best]))
        if len(told):
            return int(self.end[told[-1]])
        pauses = np.flatnonzero(self.pauses[end - 1 : first + MOST_WHOLE])
        return end + int(pauses[0]) if len(pauses) else end

    def _told_from(self, first: int, end: int) -> int:
        """Return where the clause of a phrase begins, or the sentence of `A, B en | C willen`."""
        opened = np.flatnonzero(self.opens[: first + 1])
        if len(opened) and end - int(opened[-1]) <= MOST_WHOLE:
            first = int(opened[-1])
        stops = np.flatnonzero(self.stops[:first])
        start = int(stops[-1]) + 1 if len(stops) else 0
        told = [folded(self.text[word.start : word.end]).strip(_EDGES) for word in self.words[start:end]]
        before, within = set(told[: first - start]), told[first - start :]
        verb = next((place for place, word in enumerate(within) if word in _MANY_DO), None)
        broken = verb is not None and not before & _MANY_DO and not _SUBJECTS & {*before, *within[:verb]}
        return start if broken and end - start <= MOST_WHOLE else first

    def _logits(self, column: int) -> NDArray[np.float64]:
        """Return the logit of each phrase without the bias, as if it were all that was told."""
        weights, idf = self.detector.ngram_weights[:, column], self.detector.idf
        told = self._sums(lambda known: idf[known.numbers] * weights[known.numbers])
        norm = self._sums(lambda known: idf[known.numbers] ** 2)
        logits: NDArray[np.float64] = told / np.sqrt(norm + TINY)
        return logits

    def _sums(self, value: Callable[[_Known], Matrix]) -> NDArray[np.float64]:
        """Return for each phrase the sum of a value over its words, and over the pairs within it."""
        ones, twos = (one.running(value(one), len(self.words)) for one in (self.ones, self.twos))
        total: NDArray[np.float64] = ones[self.end] - ones[self.first] + twos[self.end] - twos[self.first + 1]
        return total


def turn_of(text: str, detector: TextClassifier) -> Turn:
    """Return a turn with its phrases: words in a row, up to MOST_WORDS, within a sentence."""
    spans = tuple(Span(word.start(), word.end()) for word in _WORD.finditer(text))
    told = [text[word.start : word.end] for word in spans]
    folds = [folded(word) for word in told]
    ones = _known(detector, [char_ngrams(word) for word in told])
    twos = _known(detector, [[], *([pair(*two)] for two in pairwise(folds))])
    pieces = list(_phrases(told))
    carrying = np.cumsum([0, *(bool(words(word)) for word in told)])
    pieces = [
        (first, end) for first, end in pieces if carrying[end] - carrying[first] >= FEWEST_WORDS
    ] or pieces
    firsts, ends = (np.asarray(one, dtype=np.int64) for one in zip(*pieces, strict=True)) if pieces else _NONE
    clause, phrase = (_edges(spans, pieces_of(text)) for pieces_of in (clauses, phrases))
    worth = _worth(text, spans, firsts, ends, clause, phrase)
    pauses, stops = (_ending(told, pattern) for pattern in (_PAUSES, _ENDS))
    opens = clause[0] | phrase[0]
    complete = _complete(text, spans, clause[1])
    return Turn(text, detector, spans, ones, twos, firsts, ends, worth, complete, pauses, stops, opens)


def _phrases(told: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first word of each phrase, and the one after its last."""
    stops = [bool(_STOPS.search(word)) for word in told]
    for first in range(len(told)):
        for end in range(first + 1, min(len(told), first + MOST_WORDS) + 1):
            yield first, end
            if stops[end - 1]:
                break


def _known(detector: TextClassifier, told: Sequence[Sequence[str]]) -> _Known:
    found = [
        (detector.ngrams[ngram], number)
        for number, ngrams in enumerate(told)
        for ngram in ngrams
        if ngram in detector.ngrams
    ]
    numbers, words = (np.asarray(one, dtype=np.int64) for one in zip(*found, strict=True)) if found else _NONE
    return _Known(numbers, words)


def _worth(
    text: str,
    words: Sequence[Span],
    first: NDArray[np.int64],
    end: NDArray[np.int64],
    clause: _Edges,
    phrase: _Edges,
) -> NDArray[np.float64]:
    """Return what the length of each phrase is worth, and that it begins or ends where the text does."""
    length = (end - first).astype(np.float64)
    worth: NDArray[np.float64] = WORDS * length + WORDS_SQUARED * length**2 + ONE_WORD * (length == 1)
    opens, closes = clause
    worth = worth + CLAUSE_START * opens[first] + CLAUSE_END * closes[end - 1]
    opens, closes = phrase
    worth = worth + PHRASE_START * opens[first] + PHRASE_END * closes[end - 1]
    pauses = np.cumsum([0, *closes])
    worth += PAUSE_INSIDE * (pauses[end - 1] - pauses[first])
    asked = [match.span(1) for match in _ASKS.finditer(text)]
    inside = [any(start <= word.start < stop for start, stop in asked) for word in words]
    return worth + ASKED * np.asarray(inside, dtype=bool)[first]


def _edges(words: Sequence[Span], spans: Sequence[Span]) -> _Edges:
    """Return which words open a span, and which close one, its punctuation aside: each of shape (words,)."""
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    opens = np.asarray([word.start in starts for word in words], dtype=bool)
    closes = np.asarray([bool({word.end, word.end - 1} & ends) for word in words], dtype=bool)
    return opens, closes


def _complete(text: str, words: Sequence[Span], closes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return after which words a clause ends that needs none of what follows: shape (words,)."""
    needs = [_GOES_ON.match(text, word.start) is not None for word in words[1:]]
    complete: NDArray[np.bool_] = closes & ~np.asarray([*needs, False][: len(words)], dtype=bool)
    return complete


def _ending(told: Sequence[str], pattern: re.Pattern[str]) -> NDArray[np.bool_]:
    """Return which words end in what a pattern finds: shape (words,)."""
    return np.asarray([pattern.search(word) is not None for word in told], dtype=bool)


def _trimmed(phrase: str, *, cut: bool) -> str:
    """Return a phrase without the joining words at its edges: `en met de huurders van`.

    At its end they stay where the text pauses there too: `daar snappen wij niets van.`
    """
    text = _balanced(_OPENS.sub("", phrase.strip(_EDGES)))
    return (_JOINS.sub("", text) if cut and not _PAUSES.search(phrase) else text) or text


def _balanced(text: str) -> str:
    """Return a phrase without what follows a bracket that is never closed."""
    opened = text.rfind("(")
    return text[:opened].strip(_EDGES) if opened > 0 and ")" not in text[opened:] else text
