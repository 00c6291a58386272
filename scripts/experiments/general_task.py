"""Measure on plain Dutch retrieval whether training made the encoder forget: pages of LibreOffice's help.

The pages are in Debian's package `libreoffice-help-nl`; unpack it with `dpkg -x FILE FOLDER` and give FOLDER:
`python -m scripts.experiments.general_task FOLDER`. The title of a page is the question, its first words
are the passage; 1,000 pages, mean reciprocal rank among the first ten.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import lxml.html
import numpy as np
from numpy.typing import NDArray

from ingest.embedding.embeddings import load_embeddings
from scripts.build_model import TOKENIZER, WEIGHTS, fetch
from scripts.e5_reference import reference_vectors
from scripts.e5_vocabulary import PROMPTS
from scripts.e5_weights import read_weights
from settings import Settings

PAGES, PASSAGE_WORDS, LONGEST_TITLE, SHORTEST_PARAGRAPH = 1_000, 80, 12, 8
TOP_K = 10
SEED = 1
Vectors = NDArray[np.float32]


def main(folder: Path) -> None:
    """Print the figures of the embedded model and of the weights that it was trained from."""
    pages = read_pages(folder)
    titles, passages = [title for title, _ in pages], [passage for _, passage in pages]
    embeddings = load_embeddings(Settings(embedding_model=None))
    trained = embeddings.encode_queries(titles), embeddings.encode_passages(passages)
    print(f"{len(pages)} pages; embedded model: {reciprocal_rank(*trained):.4f}", flush=True)
    weights, tokenizer = read_weights(fetch(WEIGHTS)), fetch(TOKENIZER).decode()
    query, passage = PROMPTS
    before = reference_vectors(weights, tokenizer, [query + title for title in titles])
    texts = reference_vectors(weights, tokenizer, [passage + text for text in passages])
    print(f"multilingual-e5-small before training: {reciprocal_rank(before, texts):.4f}")


def read_pages(folder: Path) -> list[tuple[str, str]]:
    """Return the title and the first words of pages; a title or a passage that occurs twice counts once."""
    pages: dict[str, tuple[str, str]] = {}
    for file in sorted(folder.glob("**/help/nl/text/**/*.html")):
        root = lxml.html.parse(file).getroot()
        title = " ".join(root.findtext(".//h1", default="").split()) if root is not None else ""
        passage = _passage(root.xpath("//p[contains(@class, 'paragraph')]")) if title else ""
        if passage and 1 < len(title.split()) <= LONGEST_TITLE:
            pages.setdefault(title.lower(), (title, passage))
    distinct = list({passage: (title, passage) for title, passage in reversed(pages.values())}.values())
    random.Random(SEED).shuffle(distinct)  # noqa: S311 - the choice of pages is no secret.
    return distinct[:PAGES]


def _passage(paragraphs: Sequence[lxml.html.HtmlElement]) -> str:
    texts = (" ".join(paragraph.text_content().split()) for paragraph in paragraphs)
    words = " ".join(text for text in texts if len(text.split()) >= SHORTEST_PARAGRAPH).split()
    return " ".join(words[:PASSAGE_WORDS])


def reciprocal_rank(queries: Vectors, passages: Vectors) -> float:
    """Return the mean reciprocal rank of each row's own passage among the first ten, both (n, d)."""
    scores = queries @ passages.T
    ranks = 1 + (scores > np.diag(scores)[:, None]).sum(axis=1)
    return float(np.mean(np.where(ranks <= TOP_K, 1 / ranks, 0.0)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m scripts.experiments.general_task", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the package was unpacked")
    main(parser.parse_args().folder)
