"""What a build keeps in files of JSON: the corpus that it was made from, and its chunks."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from ingest.documents.dump import CORPUS
from ingest.text.sentences import without_marker
from ingest.types import Chunk, Corpus, QuestionVariant

CORPUS_FILE, CHUNKS_FILE = "corpus.json", "chunks.json"
NOTHING_NEAR, UNSAID = -1, -2
_CHUNKS = TypeAdapter(tuple[Chunk, ...])


def write_records(folder: Path, corpus: Corpus, chunks: Sequence[Chunk]) -> None:
    """Write all of a corpus, and its chunks, into a build."""
    (folder / CORPUS_FILE).write_bytes(CORPUS.dump_json(corpus))
    (folder / CHUNKS_FILE).write_bytes(_CHUNKS.dump_json(tuple(chunks)))


def read_corpus(folder: Path) -> Corpus:
    """Return the corpus that a build was made from."""
    return CORPUS.validate_json((folder / CORPUS_FILE).read_bytes())


def read_chunks(folder: Path) -> tuple[Chunk, ...]:
    """Return the chunks of a build."""
    return _CHUNKS.validate_json((folder / CHUNKS_FILE).read_bytes())


def first_sentences(chunks: Sequence[Chunk]) -> NDArray[np.int64]:
    """Return the number of each chunk's first sentence, and behind it how many there are: (chunks + 1,)."""
    counts = [len(chunk.sentences) for chunk in chunks]
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def sentence_chunks(first_sentence: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row of each sentence's chunk, shape (sentences,), from `first_sentences`."""
    return np.repeat(np.arange(len(first_sentence) - 1), np.diff(first_sentence))


def nearest_sentences(corpus: Corpus, chunks: Sequence[Chunk]) -> NDArray[np.int64]:
    """Return the number of the sentence nearest to each question without an answer, shape (unanswerable,).

    NOTHING_NEAR where there is none, UNSAID where nobody said which, or the text does not hold it.
    """
    texts = {section.section_id: section.text for section in corpus.sections}
    spans = ((chunk.section_id, span) for chunk in chunks for span in chunk.sentences)
    numbers = {
        without_marker(texts[section][span.start : span.end]): number
        for number, (section, span) in enumerate(spans)
    }
    numbers[""] = NOTHING_NEAR
    found = [
        UNSAID if one.nearest is None else numbers.get(one.nearest, UNSAID) for one in corpus.unanswerable
    ]
    return np.asarray(found, dtype=np.int64)


def variant_sentences(
    variants: Sequence[QuestionVariant], chunks: Sequence[Chunk], first_sentence: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the number of the sentence that each variant asks about, shape (variants,)."""
    numbers = {
        (chunk.section_id, span.start): int(first) + place
        for chunk, first in zip(chunks, first_sentence, strict=False)
        for place, span in enumerate(chunk.sentences)
    }
    return np.asarray([numbers[variant.section_id, variant.start] for variant in variants], dtype=np.int64)
