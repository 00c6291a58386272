"""The word search of a build: BM25 over chunks, each with its section's title and its questions."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s

from ingest.text.tokens import words
from ingest.types import Chunk, QuestionVariant, Section

BM25_K1, BM25_B = 1.2, 0.75  # Robertson & Zaragoza (2009); chunks are of even length, so both matter little.
BM25_FOLDER = "bm25"


def write_bm25(
    folder: Path,
    sections: Mapping[str, Section],
    chunks: Sequence[Chunk],
    variants: Sequence[QuestionVariant],
) -> None:
    """Index a chunk's title, text and question variants by BM25 (doc2query, Nogueira et al., 2019).

    A question that is answered by nee is left out: it names what the text does not say.
    """
    questions: dict[str, list[QuestionVariant]] = {}
    for variant in (one for one in variants if one.verdict != "nee"):
        questions.setdefault(variant.section_id, []).append(variant)
    documents = [
        words(
            " ".join(
                [sections[chunk.section_id].title, chunk.text]
                + [v.text for v in questions.get(chunk.section_id, ()) if chunk.start <= v.start < chunk.end]
            )
        )
        for chunk in chunks
    ]
    bm25 = bm25s.BM25(k1=BM25_K1, b=BM25_B)
    bm25.index(documents, show_progress=False)
    bm25.save(folder / BM25_FOLDER, show_progress=False)


def load_bm25(folder: Path) -> bm25s.BM25:
    """Return the word search of a build."""
    return bm25s.BM25.load(folder / BM25_FOLDER, load_corpus=False)
