"""How often the nearest sentence answers: the encoder by itself, before and after training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

from evals.documents.read import TUNED_ON, AskedDocument, load_documents
from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.scoring.metrics.facts import all_facts
from ingest.documents.files import load_corpus
from ingest.text.sentences import sentences
from scripts.e5_vocabulary import PROMPTS

Evaluators = Sequence[InformationRetrievalEvaluator]


def evaluators(corpus: Path) -> Mapping[str, Evaluators]:
    """Return what measures an encoder on questions it was not trained on: of dev, and about documents."""
    others = [document for document in load_documents() if document.writer not in TUNED_ON]
    return {"own": [_own(corpus)], "documents": [one for each in others if (one := _document(each)).queries]}


def accuracy(model: SentenceTransformer, asked: Evaluators) -> float:
    """Return how often the sentence nearest to a question is one that answers it."""
    right = (one(model)[f"{one.name}_cosine_accuracy@1"] * len(one.queries) for one in asked)
    return float(sum(right) / sum(len(one.queries) for one in asked))


def _own(corpus: Path) -> InformationRetrievalEvaluator:
    """Return the dev questions for facts, each with the sentences of the corpus that hold these."""
    texts = {
        f"{section.section_id}#{span.start}": section.text[span.start : span.end]
        for section in load_corpus([corpus]).sections
        for span in sentences(section.text)
    }
    asked = [
        one
        for one in load_questions(QUESTIONS_FOLDER, "dev")
        if (one.facts or one.expect) and not one.history
    ]
    answers = {one.id: {key for key, text in texts.items() if all_facts(one, text)} for one in asked}
    return _evaluator("own", {one.id: one.question for one in asked}, texts, answers)


def _document(document: AskedDocument) -> InformationRetrievalEvaluator:
    """Return the questions about a document, each with the sentences of it that answer."""
    text = document.path.read_text(encoding="utf-8")
    texts = {str(span.start): text[span.start : span.end] for span in sentences(text)}
    asked, answers = dict[str, str](), dict[str, set[str]]()
    for one in document.questions:
        if one.answerable and one.evidence and not one.history:
            asked[one.id] = one.question
            answers[one.id] = {
                key for key, words in texts.items() if one.evidence in words or words in one.evidence
            }
    return _evaluator(document.path.stem, asked, texts, answers)


def _evaluator(
    name: str, asked: Mapping[str, str], texts: Mapping[str, str], answers: dict[str, set[str]]
) -> InformationRetrievalEvaluator:
    query, passage = PROMPTS
    return InformationRetrievalEvaluator(
        {**asked}, {**texts}, answers, name=name, query_prompt=query, corpus_prompt=passage, write_csv=False
    )
