"""What to ask when two practices are close: the unanswered criterion that settles most."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.advice.ranking import Ranking, after, best_question
from assistant.advice.reading import Features
from assistant.types import Option
from ingest.index.open import Index
from ingest.types import Criterion, Term

SECOND_WEIGHT = 0.1  # Of the practices from this share of the best on, the question tells one from another.
HALF_SAID = 0.4  # What is less likely said than this may be asked when nothing else would decide.


@dataclass(frozen=True, slots=True)
class QuestionBack:
    """A question, and the answers that each favour a practice."""

    text: str
    options: tuple[Option, ...]


def question_back(
    index: Index, ranking: Ranking, reading: Features, term: Term | None = None
) -> QuestionBack | None:
    """Return what to ask: about a policy term, else the criterion that decides; None when nothing does.

    A criterion that can open a conversation is asked before one that few situations are about.
    """
    if term and term.question:
        return _about(index, term, ranking, reading)
    for practices in (ranking[:2], ranking):  # The two that are shown; of all when nothing tells those apart.
        criterion = best_question(_leading(practices), _deciding(index, practices, reading))
        if criterion:
            return _asked(practices, criterion)
    return None if index.criteria else choice_between(index, ranking[0][0], ranking[1][0])


def _deciding(index: Index, ranking: Ranking, reading: Features) -> list[Criterion]:
    """Return the criteria that would decide and are not answered; else those that are least surely so."""
    asked = [criterion for criterion in index.criteria if criterion.weights and _decides(ranking, criterion)]
    unsaid = [criterion for criterion in asked if not reading.answered(criterion.id)]
    speaking = [criterion for criterion in unsaid if _speaks(ranking[:2], criterion)] or unsaid
    if speaking:
        return [criterion for criterion in speaking if criterion.opening] or speaking
    opening = [criterion for criterion in asked if criterion.opening] or asked
    return [criterion for criterion in opening if reading.told[criterion.id] < HALF_SAID]


def _speaks(ranking: Ranking, criterion: Criterion) -> bool:
    """Return whether a criterion speaks for one of these practices, and not only against another."""
    return any(criterion.weights.get(practice, 0.0) > 0 for practice, _ in ranking)


def _leading(ranking: Ranking) -> Ranking:
    """Return the practices that are still in play."""
    return tuple((p, share) for p, share in ranking if share >= SECOND_WEIGHT * ranking[0][1])


def _decides(ranking: Ranking, criterion: Criterion) -> bool:
    """Return whether the two answers put different practices first."""
    return after(ranking, criterion, True)[0][0] != after(ranking, criterion, False)[0][0]


def _asked(ranking: Ranking, criterion: Criterion) -> QuestionBack:
    options = tuple(
        Option(side.answer, after(ranking, criterion, present)[0][0])
        for side, present in ((criterion.present, True), (criterion.absent, False))
    )
    return QuestionBack(criterion.question, options)


def _about(index: Index, term: Term, ranking: Ranking, reading: Features) -> QuestionBack | None:
    criteria = {criterion.id: criterion for criterion in index.criteria}
    options = tuple(
        Option(option.text, _most_spoken_for(ranking, criteria[option.criterion]))
        for option in term.options
        if not reading.answered(option.criterion)
    )
    return QuestionBack(term.question, options) if len(options) > 1 else None


def _most_spoken_for(ranking: Ranking, criterion: Criterion) -> str:
    """Return the practice that a criterion speaks for most, of several the likeliest."""
    return max((practice for practice, _ in ranking), key=lambda one: criterion.weights.get(one, 0.0))


def choice_between(index: Index, first: str, second: str) -> QuestionBack | None:
    """Return the question that decides between two practices, or None where the text has none."""
    choice = next((choice for choice in index.choices if set(choice.options) == {first, second}), None)
    if choice is None:
        return None
    options = tuple(Option(choice.options[practice], practice) for practice in (first, second))
    return QuestionBack(choice.question, options)


def picked(index: Index, turns: Sequence[str]) -> str | None:
    """Return the practice that a visitor last chose in answer to such a question, or None."""
    options = {text: practice for choice in index.choices for practice, text in choice.options.items()}
    return next((options[turn.strip()] for turn in reversed(turns) if turn.strip() in options), None)
