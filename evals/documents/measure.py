"""MAIN PATH: `python -m evals documents`: each document by itself becomes an index and is asked about.

1. read    the documents of each writer, with their questions
2. ingest  each document alone, as somebody who has nothing else
3. ask     its questions
4. score   asked fact shown, refused rightly or wrongly, quotes to the point
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Answer, Question
from evals.documents.read import TUNED_ON, AskedDocument, DocumentQuestion, load_documents
from evals.report.table import Table, TableRow, as_text
from ingest.embedding.embeddings import TextEmbeddings, load_embeddings
from ingest.index.open import open_index
from ingest.pipeline import ingest
from settings import Settings

HOLDS = 0.8  # Of the words of the evidence: a quote that has as many shows the asked fact.
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Judged:
    """How one question was answered; `quotes` says of each quote whether it is to the point."""

    writer: str
    question: DocumentQuestion
    answer: Answer
    fact: bool
    quotes: tuple[bool, ...]


def measure_documents(settings: Settings) -> str:
    """Return a table of the four measures by writer, for those tuned on and for the others."""
    documents = load_documents()
    judged = list(ask_documents(documents, load_embeddings(settings), settings))
    rows = [
        *(
            _row(writer, [one for one in judged if one.writer == writer])
            for writer in sorted({one.writer for one in documents})
        ),
        _row("tuned on", [one for one in judged if one.writer in TUNED_ON]),
        _row("others", [one for one in judged if one.writer not in TUNED_ON]),
    ]
    return as_text(Table("Writer", ["fact", "refused", "near", "wrongly", "quotes", "n"], rows))


def ask_documents(
    documents: Sequence[AskedDocument], embeddings: TextEmbeddings, settings: Settings
) -> Iterator[Judged]:
    """Ask every question of every document, each document from an index of its own."""
    for document in tqdm(documents, desc="documents", unit="document", disable=None):
        with tempfile.TemporaryDirectory() as folder:
            assistant = assistant_on(document.path, Path(folder), embeddings, settings)
            for question in document.questions:
                answer = assistant.ask(Question(question.question, question.history, question.id))
                yield judge(document.writer, question, answer)
            assistant.close()


def assistant_on(path: Path, folder: Path, embeddings: TextEmbeddings, settings: Settings) -> Assistant:
    """Read one document into an index in a folder and return an assistant on it."""
    own = settings.model_copy(update={"index": folder / "index", "chroma_url": None, "llm": None})
    ingest([path], own, embeddings)
    index = open_index(own.index, embeddings.model_id)
    return Assistant(own, HybridRetriever(index=index, embeddings=embeddings), ExtractiveWriter())


def judge(writer: str, question: DocumentQuestion, answer: Answer) -> Judged:
    """Return an answer with what is right and wrong in it."""
    evidence = _words(question.evidence or "")
    quotes = [_words(citation.quote) for citation in answer.citations]
    fact = bool(evidence) and answer.status == "answered" and _share(evidence, quotes) >= HOLDS
    to_the_point = tuple(
        bool(evidence) and max(_share(evidence, [quote]), _share(quote, [evidence])) >= HOLDS
        for quote in quotes
    )
    return Judged(writer, question, answer, fact, to_the_point if answer.status == "answered" else ())


def _row(name: str, judged: Sequence[Judged]) -> TableRow:
    answerable = [one for one in judged if one.question.answerable]
    others = [one for one in judged if not one.question.answerable]
    figures = (
        _mean(one.fact for one in answerable),
        _mean(one.answer.status == "refused" for one in others),
        _mean(one.answer.status == "refused" for one in others if one.question.near == "near"),
        _mean(one.answer.status == "refused" for one in answerable),
        _mean(quote for one in judged for quote in one.quotes),
    )
    return TableRow(name, [*(f"{figure:.3f}" for figure in figures), str(len(judged))])


def _mean(values: Iterable[bool]) -> float:
    return float(np.mean(list(values) or [False]))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _share(words: Counter[str], texts: Sequence[Counter[str]]) -> float:
    """Return the share of words that the texts hold together."""
    together = sum(texts, Counter[str]())
    return (words & together).total() / max(words.total(), 1)
