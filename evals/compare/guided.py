"""The guided conversation played by a program: cases answered from their annotated features.

One player knows only what the text of a case says, and answers 'I do not know' to the rest; the other takes
what a text does not mention to be absent, as a visitor would who knows the case. What the other answered is
also typed in the chat, as answers and as the case itself: the same facts must give the same practice.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from assistant.advice.guide import Given, guide
from assistant.chain import Assistant
from assistant.types import Question
from evals import texts
from evals.scoring.resample import estimate
from evals.scoring.resample import mean as mean_of
from evals.scoring.resample import median as median_of
from evals.scoring.resample import spread as evenly
from evals.types import Estimate
from ingest.types import Criterion, Feature, Practice, Situation

Player = Literal["text", "case"]
Answers = dict[str, Given]
CASES = 200


def play(
    practices: Sequence[Practice], criteria: Sequence[Criterion], case: Situation, player: Player
) -> tuple[str, Answers]:
    """Answer until the guide ends; return the practice it ends with and the answers."""
    known = {feature.criterion: feature.value for feature in case.features}
    given: Answers = {}
    while (state := guide(practices, criteria, given)).question is not None:
        asked = state.question.criterion
        given[asked] = known.get(asked, "unknown" if player == "text" else "no")
    return state.ranking[0][0], given


def spread(
    situations: Sequence[Situation], criteria: Sequence[Criterion], most: int = CASES
) -> list[Situation]:
    """Return at most so many clear cases, evenly from all: one practice is right, and two features say so.

    What rules one practice out is not asked, so a case with that is none.
    """
    weights = {criterion.id: criterion.weights for criterion in criteria}
    ruling_out = {criterion.id for criterion in criteria if criterion.rules_out}
    clear = [
        one
        for one in situations
        if one.practice
        and sum(_says_so(feature, one.practice, weights) for feature in one.features) > 1
        and not one.acceptable
        and not any(feature.criterion in ruling_out and feature.value == "yes" for feature in one.features)
    ]
    return evenly(clear, most)


def _says_so(feature: Feature, practice: str, weights: Mapping[str, Mapping[str, float]]) -> bool:
    """Return whether a feature is there and speaks for a practice, or is denied and speaks against it."""
    weight = weights[feature.criterion].get(practice, 0.0)
    return weight > 0 if feature.value == "yes" else weight < 0


def measure_guide(assistant: Assistant, situations: Sequence[Situation]) -> dict[str, Estimate]:
    """Return how often the guide is right, how much it asks, and how often the chat says the same."""
    cases = spread(situations, assistant.index.criteria)
    if not cases or not assistant.index.criteria:
        return {}
    told = [play(assistant.index.practices, assistant.index.criteria, one, "text") for one in cases]
    known = [play(assistant.index.practices, assistant.index.criteria, one, "case") for one in cases]
    rows = {
        "guide_right": [practice == one.practice for (practice, _), one in zip(known, cases, strict=True)],
        "guide_right_told": [
            practice == one.practice for (practice, _), one in zip(told, cases, strict=True)
        ],
        "guide_as_answers": [
            typed(assistant, answer_turns(assistant.index.criteria, given)) == practice
            for practice, given in known
        ],
        "guide_as_text": [
            typed(assistant, (*one.history, one.text)) == practice
            for (practice, _), one in zip(known, cases, strict=True)
        ],
    }
    asked = {"guide_questions": known, "guide_questions_told": told}
    shares = {name: estimate(np.asarray(row, dtype=float)[:, None], mean_of) for name, row in rows.items()}
    counts = {
        name: estimate(np.asarray([len(given) for _, given in ended], dtype=float)[:, None], median_of)
        for name, ended in asked.items()
    }
    return {**shares, **counts}


def answer_turns(criteria: Sequence[Criterion], given: Mapping[str, Given]) -> tuple[str, ...]:
    """Return what a visitor types who asks which practice fits and then gives these answers."""
    by_id = {criterion.id: criterion for criterion in criteria}
    sides = [
        by_id[name].present if value == "yes" else by_id[name].absent
        for name, value in given.items()
        if value != "unknown"
    ]
    return (texts.WHICH_FITS, *(side.answer for side in sides))


def typed(assistant: Assistant, turns: Sequence[str]) -> str | None:
    """Return the practice that the chat puts first when these turns are typed, or None without advice."""
    advice = assistant.ask(Question(turns[-1], tuple(turns[:-1]))).advice
    return advice.ranking[0].practice if advice else None
