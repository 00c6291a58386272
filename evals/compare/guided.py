"""The guided conversation played by a program: cases answered from their annotated features.

One player knows only what the text of a case says, and answers 'I do not know' to the rest; the other takes
what a text does not mention to be absent, as a visitor would who knows the case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from assistant.advice.guide import Given, guide
from ingest.types import Criterion, Practice, Situation

Player = Literal["text", "case"]


@dataclass(frozen=True, slots=True)
class Played:
    """How often the guide ended with the right practice, and how many questions that took."""

    right: float
    median_questions: float
    most_questions: int
    cases: int


def play_all(
    practices: Sequence[Practice],
    criteria: Sequence[Criterion],
    situations: Sequence[Situation],
    player: Player,
) -> Played:
    """Play every situation that has one best practice and at least two features."""
    cases = [one for one in situations if one.practice and len(one.features) > 1]
    ended = [play(practices, criteria, _answers(one, player), player) for one in cases]
    right = [practice == one.practice for (practice, _), one in zip(ended, cases, strict=True)]
    counts = [questions for _, questions in ended]
    return Played(sum(right) / len(cases), median(counts), max(counts), len(cases))


def play(
    practices: Sequence[Practice], criteria: Sequence[Criterion], known: Mapping[str, Given], player: Player
) -> tuple[str, int]:
    """Answer until the guide ends; return the practice it ends with and the number of questions."""
    given: dict[str, Given] = {}
    while (state := guide(practices, criteria, given)).question is not None:
        asked = state.question.criterion
        given[asked] = known.get(asked, "unknown" if player == "text" else "no")
    return state.ranking[0][0], len(given)


def _answers(situation: Situation, player: Player) -> dict[str, Given]:
    return {feature.criterion: feature.value for feature in situation.features}
