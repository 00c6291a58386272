"""How likely a question is among the example questions of each sentence and of each chunk.

The query likelihood model (Ponte & Croft, 1998): words and pairs of words, smoothed by how many of all
questions hold them (Zhai & Lafferty, 2001).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.text.tokens import folded

SMOOTHING = 2.0  # What all questions say counts as much as so many questions of the owner.
SCALE = 0.1  # Brings most scores between -1 and 1.
LIKELIHOOD_FILE = "likelihood.npz"
_WORD = re.compile(r"\w+")
_PARTS = ("starts", "owners", "gains", "unseen")  # Of a level, in its file.

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Level:
    """What each gram says for its owners, sentences or chunks.

    The owners of gram `g` are `owners[starts[g]:starts[g + 1]]`, in the order of `gains`. Every gram of a
    question adds `unseen` to each owner, shape (owners,), and `gains` on top to one that has it.
    """

    starts: Numbers
    owners: Numbers
    gains: Scores
    unseen: Scores

    @property
    def has_questions(self) -> NDArray[np.bool_]:
        """Return which owners have example questions, shape (owners,)."""
        return self.unseen < 0

    def scores(self, grams: Sequence[int]) -> Scores:
        """Return the scaled log-likelihood of grams against that of all questions, shape (owners,).

        Owners without example questions get the lowest.
        """
        own = [slice(self.starts[gram], self.starts[gram + 1]) for gram in grams]
        if not own:
            return np.zeros_like(self.unseen)
        owners = np.concatenate([self.owners[one] for one in own])
        gains = np.concatenate([self.gains[one] for one in own])
        total = np.bincount(owners, gains, len(self.unseen)) + len(grams) * self.unseen
        total[~self.has_questions] = total.min()
        scores: Scores = (SCALE * total / (1 + len(grams) ** 0.5)).astype(np.float32)
        return scores


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The grams of all example questions, and what they say for sentences and for chunks."""

    grams: Mapping[str, int]
    sentences: Level
    chunks: Level

    def known(self, question: str) -> list[int]:
        """Return the grams of a question that example questions hold too."""
        return [self.grams[gram] for gram in _grams(question) if gram in self.grams]


def write_likelihood(
    folder: Path, questions: Sequence[str], sentences: Numbers, sentence_chunks: Numbers, chunks: int
) -> None:
    """Count the grams of questions; `sentences` numbers each one's sentence, `sentence_chunks` its chunk."""
    held = [_grams(question) for question in questions]
    grams = {gram: number for number, gram in enumerate(sorted({gram for own in held for gram in own}))}
    levels = {
        "sentences": _level(held, grams, sentences, len(sentence_chunks)),
        "chunks": _level(held, grams, sentence_chunks[sentences], chunks),
    }
    arrays = {f"{name}_{part}": getattr(level, part) for name, level in levels.items() for part in _PARTS}
    np.savez_compressed(folder / LIKELIHOOD_FILE, grams=np.asarray("\n".join(grams)), **arrays)


def load_likelihood(folder: Path) -> Likelihood:
    """Read what `write_likelihood` wrote."""
    with np.load(folder / LIKELIHOOD_FILE) as stored:
        levels = [Level(*(stored[f"{name}_{part}"] for part in _PARTS)) for name in ("sentences", "chunks")]
        grams = str(stored["grams"]).split("\n")
    return Likelihood({gram: number for number, gram in enumerate(grams)}, *levels)


def _level(held: Sequence[set[str]], grams: Mapping[str, int], owners: Numbers, count: int) -> Level:
    counts = Counter(
        (grams[gram], int(owner)) for own, owner in zip(held, owners, strict=True) for gram in own
    )
    pairs = np.asarray(sorted(counts), dtype=np.int64).reshape(-1, 2)
    times = np.asarray([counts[gram, owner] for gram, owner in pairs.tolist()], dtype=np.float64)
    common = np.bincount(pairs[:, 0], times, len(grams)) / max(len(held), 1)
    gains = np.log1p(times / (SMOOTHING * common[pairs[:, 0]]))
    asked = np.bincount(owners, minlength=count)
    return Level(
        starts=np.searchsorted(pairs[:, 0], np.arange(len(grams) + 1)),
        owners=pairs[:, 1],
        gains=gains.astype(np.float32),
        unseen=np.log(SMOOTHING / (asked + SMOOTHING)).astype(np.float32),
    )


def _grams(question: str) -> set[str]:
    """Return the words and pairs of words of a question: `wie leidt` → `wie`, `leidt`, `wie leidt`."""
    found = _WORD.findall(folded(question))
    return {*found, *(f"{one} {other}" for one, other in pairwise(found))}
