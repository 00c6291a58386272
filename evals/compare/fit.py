"""Fit what rests on a few numbers again, after a change of corpus or encoder: two rankings, six decisions.

The rankings are `BLOCK_WEIGHTS` and `SENTENCE_WEIGHTS` in `assistant/retrieval` (fit these first). The first
decision is what `TAUGHT` in `assistant/retrieval/coverage.py` should be, the second `DUE`
in `assistant/advice/intent.py`, the third `TIED` in `assistant/advice/ties.py`, the fourth `KEEPS`
in `assistant/conversation/subject.py`, the others `WHOLE_LIST` and `FOLLOWS` in `assistant/answer/extent.py`.
All learn from the dev questions with the index that serves, and tell how they do on questions left out. Last
come `WEIGHTS` and `NEAR` in `assistant/answer/nearest.py`, which learn from the questions without an answer.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.advice.intent import DUE, evidence_for_advice
from assistant.advice.ranking import expected, rank_practices
from assistant.advice.reading import read
from assistant.advice.ties import evidence_for_tie
from assistant.chain import Assistant
from assistant.question.missing import missing_names
from assistant.retrieval.coverage import TAUGHT, signals
from evals.compare.fit_extent import Observed, first_blocks, next_sentences, whole_lists
from evals.compare.fit_followups import kept_subjects
from evals.compare.fit_nearest import fit_nearest
from evals.compare.fit_ranking import fit_rankings
from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.questions.types import ReferenceQuestion
from ingest.index.open import stored_corpus

FOLDS = 10
REGULARISATION = 1.0  # Inverse.
MOST_WRONG = 0.04  # Of the questions that the text answers, so many may be refused.
MOST_MISSED = 0.02  # Of the requests for advice, so many may get none.
MOST_SETTLED = (
    0.25  # Of what two practices fit, so much may be taken for one; the ranking may name both still.
)
MOST_SPLIT = 0.13  # Of the lists that are wanted whole, so many may give an item; half of these ask for one.
MOST_UNTIED = 0.04  # Of the follow-ups about what was said, so many may be taken by themselves.
MOST_CUT = 0.16  # Of the sentences that add an asked fact, so many may be left out.


def fit_decisions(assistant: Assistant) -> str:
    """Return the numbers of rankings and decisions, with the errors that they make on questions left out."""
    questions = load_questions(QUESTIONS_FOLDER, "dev")
    asked = list(first_blocks(assistant, questions))
    rankings = dict(fit_rankings(assistant, questions))
    decisions = {
        "coverage": _report(_coverage(assistant, questions), MOST_WRONG),
        "advice": _report(_advice(assistant, questions), MOST_MISSED),
        "whole lists": _report(whole_lists(asked), MOST_SPLIT),
        "two practices": _report(_ties(assistant, questions), MOST_SETTLED),
        "follow-ups": _report(kept_subjects(assistant, questions), MOST_UNTIED),
        "next sentences": _report(next_sentences(asked), MOST_CUT),
    }
    unanswered = [one.text for one in stored_corpus(assistant.index.store).unanswerable]
    found = rankings | decisions | {"nearest sentence": fit_nearest(assistant, unanswered)}
    return "\n\n".join(f"{name}\n{part}" for name, part in found.items())


def _coverage(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Iterator[Observed]:
    for one in questions:
        if one.history or one.task in {"advice", "ambiguous"}:
            continue
        if not missing_names(assistant.index, one.question):
            query = assistant.retriever.query(one.question)
            found = signals(assistant.index, query, assistant.retriever.search(query))
            yield {name: float(getattr(found, name)) for name in TAUGHT.coefficients}, one.answerable


def _advice(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Iterator[Observed]:
    for one in questions:
        if one.history:
            continue
        query = assistant.retriever.query(one.question)
        found = evidence_for_advice(assistant.index, query, assistant.retriever.search(query))
        if found is not None:
            yield {name: found[name] for name in DUE.coefficients}, one.task in {"advice", "ambiguous"}


def _ties(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Iterator[Observed]:
    index = assistant.index
    for one in questions:
        if one.history or one.task not in {"advice", "ambiguous"}:
            continue
        query = assistant.retriever.query(one.question)
        said = read(index, (one.question,), expected(index, query))
        ranking = rank_practices(index, query, said)
        yield evidence_for_tie(ranking, said, index.criteria, one.question), one.task == "ambiguous"


def _report(told: Iterable[Observed], most_lost: float) -> str:
    """Return the numbers to write in the code, and the share of both errors on questions left out."""
    rows, labels = zip(*told, strict=True)
    vectors = DictVectorizer(sparse=False, sort=False)
    evidence, wanted = vectors.fit_transform(rows), np.asarray(labels, dtype=np.bool_)
    model = LogisticRegression(C=REGULARISATION, max_iter=2_000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    held_out = cross_val_predict(model, evidence, wanted, cv=folds, method="predict_proba")[:, 1]
    threshold = float(np.quantile(held_out[wanted], most_lost))
    model.fit(evidence, wanted)
    weights = dict(zip(vectors.feature_names_, np.round(model.coef_[0], 2).tolist(), strict=True))
    return (
        f"intercept {model.intercept_[0]:.2f}, weights {weights}, from {threshold:.2f} on\n"
        f"{wanted.sum()} wanted: {most_lost:.1%} lost; "
        f"{(~wanted).sum()} others: {(held_out[~wanted] >= threshold).mean():.1%} taken for one"
    )
