"""Fit what rests on a few numbers again, after a change of corpus or encoder: two rankings, five decisions.

The rankings are `BLOCK_WEIGHTS` and `SENTENCE_WEIGHTS` in `assistant/retrieval` (fit these first). The first
decision is what `TAUGHT` in `assistant/retrieval/coverage.py` should be, the second `DUE`
in `assistant/advice/intent.py`, the third `KEEPS` in
`assistant/conversation/topic.py`, the others `WHOLE_LIST` and `FOLLOWS` in `assistant/answer/extent.py`. All
learn from the dev questions with the index that serves, and tell how they do on questions left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.advice.intent import DUE, evidence_for_advice
from assistant.chain import Assistant
from assistant.question.missing import missing_names
from assistant.retrieval.coverage import TAUGHT, signals
from evals.compare.fit_extent import Told, first_blocks, next_sentences, whole_lists
from evals.compare.fit_followups import kept_subjects
from evals.compare.fit_ranking import fit_rankings
from evals.questions import QUESTIONS_FOLDER, load_questions
from evals.questions.types import ReferenceQuestion

FOLDS = 10
REGULARISATION = 1.0  # Inverse.
MOST_WRONG = 0.04  # Of the questions that the text answers, so many may be refused.
MOST_MISSED = 0.02  # Of the requests for advice, so many may get none.
MOST_SPLIT = 0.13  # Of the lists that are wanted whole, so many may give an item; half of these ask for one.
MOST_UNTIED = 0.04  # Of the follow-ups about what was said, so many may be taken by themselves.
MOST_CUT = 0.16  # Of the sentences that add an asked fact, so many may be left out.


@dataclass(frozen=True, slots=True)
class Fitted:
    """The evidence for each question by name, and whether it is of the kind that is looked for."""

    names: Sequence[str]
    evidence: NDArray[np.float64]
    wanted: NDArray[np.bool_]
    most_lost: float


def fit_decisions(assistant: Assistant) -> str:
    """Return the numbers of rankings and decisions, with the errors that they make on questions left out."""
    questions = load_questions(QUESTIONS_FOLDER, "dev")
    asked = list(first_blocks(assistant, questions))
    told = {
        "coverage": _coverage(assistant, questions),
        "advice": _advice(assistant, questions),
        "whole lists": _fitted(whole_lists(asked), MOST_SPLIT),
        "follow-ups": _fitted(kept_subjects(assistant, questions), MOST_UNTIED),
        "next sentences": _fitted(next_sentences(asked), MOST_CUT),
    }
    rankings = dict(fit_rankings(assistant, questions))
    parts = rankings | {name: _report(fitted) for name, fitted in told.items()}
    return "\n\n".join(f"{name}\n{part}" for name, part in parts.items())


def _coverage(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Fitted:
    index, names = assistant.index, list(TAUGHT.coefficients)
    rows, wanted = [], []
    for one in questions:
        if one.history or one.task in {"advice", "ambiguous"} or missing_names(index, one.question):
            continue
        query = assistant.retriever.query(one.question)
        found = signals(index, query, assistant.retriever.search(query))
        rows.append([float(getattr(found, name)) for name in names])
        wanted.append(one.answerable)
    return Fitted(names, np.asarray(rows), np.asarray(wanted, dtype=np.bool_), MOST_WRONG)


def _advice(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Fitted:
    index, names = assistant.index, list(DUE.coefficients)
    rows, wanted = [], []
    for one in questions:
        if one.history:
            continue
        query = assistant.retriever.query(one.question)
        found = evidence_for_advice(index, query, assistant.retriever.search(query))
        if found is not None:
            rows.append([found[name] for name in names])
            wanted.append(one.task in {"advice", "ambiguous"})
    return Fitted(names, np.asarray(rows), np.asarray(wanted, dtype=np.bool_), MOST_MISSED)


def _fitted(told: Iterable[Told], most_lost: float) -> Fitted:
    rows, wanted = zip(*told, strict=True)
    names = list(rows[0])
    evidence = np.asarray([[row[name] for name in names] for row in rows])
    return Fitted(names, evidence, np.asarray(wanted, dtype=np.bool_), most_lost)


def _report(fitted: Fitted) -> str:
    """Return the numbers to write in the code, and the share of both errors on questions left out."""
    model = LogisticRegression(C=REGULARISATION, max_iter=2_000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    held_out = cross_val_predict(model, fitted.evidence, fitted.wanted, cv=folds, method="predict_proba")[
        :, 1
    ]
    threshold = float(np.quantile(held_out[fitted.wanted], fitted.most_lost))
    model.fit(fitted.evidence, fitted.wanted)
    weights = dict(zip(fitted.names, np.round(model.coef_[0], 2).tolist(), strict=True))
    wrong = float((held_out[~fitted.wanted] >= threshold).mean())
    return "\n".join(
        [
            f"intercept {model.intercept_[0]:.2f}, weights {weights}, from {threshold:.2f} on",
            f"{fitted.wanted.sum()} wanted: {fitted.most_lost:.1%} lost; "
            f"{(~fitted.wanted).sum()} others: {wrong:.1%} taken for one",
        ]
    )
