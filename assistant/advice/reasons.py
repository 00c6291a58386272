"""Why a practice fits, in the visitor's words: the signs that speak for it, against it, and for a second."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.advice.grounds import Grounded, Grounds
from assistant.advice.question_back import QuestionBack
from assistant.advice.ranking import Ranking
from assistant.advice.reading import GUESSED, Features, Sign
from assistant.retrieval.query import Query
from assistant.texts import LEAST_SECOND
from ingest.text.tokens import words

SHARED_WORDS = 0.4  # Two reasons of which the shorter shares more of its words with the other say the same.
# A further reason, what speaks against the first, or for a second practice by its words alone, is right nine
# times in ten from here on.
SURE_SIGN, SURE_ALONE = 0.75, 0.68
LEAST_COUNTER = -1.0  # A sign speaks against a practice from this weight on.
LEAST_LIKELY = 0.5  # Of a sign for the second, given what the ranking expects.
LEAST_RUNNER_UP = 2.0  # The second is named for a feature that speaks so much for it.


def with_reason(grounds: Grounds, reading: Features, practice: str) -> Features:
    """Return what was read with the surest guess that speaks for a practice, where no sign does."""
    if speaks_for(grounds, reading, practice):
        return reading
    guessed = _speaking(grounds, [one for one in reading.guesses if one.probability >= GUESSED], practice)[:1]
    return replace(reading, signs=(*reading.signs, *(found.sign for found in guessed if found.sign)))


def speaks_for(grounds: Grounds, reading: Features, practice: str) -> bool:
    """Return whether something that the visitor said speaks for a practice, with a passage that says so."""
    return bool(_speaking(grounds, reading.signs, practice))


def strongest(reading: Features, practice: str) -> float:
    """Return how much the strongest sign speaks for a practice."""
    return max((_force(sign, practice) for sign in reading.signs), default=0.0)


def all_speaking(reading: Features, practice: str) -> float:
    """Return how much all signs together speak for a practice."""
    return sum(force for sign in reading.signs if (force := _force(sign, practice)) > 0)


def reasons_for(
    grounds: Grounds, query: Query, reading: Features, practice: str, beside: str | None = None
) -> tuple[Grounded, ...]:
    """Return what the visitor said that speaks for a practice, strongest first; else a passage for it.

    What speaks for the practice `beside` it as well comes last; what follows the first is surer.
    """
    speaking = _speaking(grounds, reading.signs, practice)
    if beside is not None:
        speaking = tuple(
            sorted(speaking, key=lambda one: one.sign is not None and one.sign.weight(beside) > 0)
        )
    found = _in_other_words(speaking)
    found = (*found[:1], *(one for one in found[1:] if one.sign and _is_sure(one.sign)))
    return found or grounds.likeliest(reading.stated, practice) or grounds.nearest(query, practice)


def runner_up(
    grounds: Grounds,
    query: Query,
    reading: Features,
    ranking: Ranking,
    reasons: Sequence[Grounded],
    asked: QuestionBack | None,
) -> tuple[Grounded, ...]:
    """Return the one reason for the second: a feature that the visitor's own words state by themselves.

    When something is asked back, that is any passage for it.
    """
    second, share = ranking[1]
    sure = [
        sign
        for sign in (*reading.signs, *reading.guesses)
        if sign.alone >= SURE_ALONE
        and sign.probability >= LEAST_LIKELY
        and sign.weight(second) >= LEAST_RUNNER_UP
    ]
    spoken = [
        found
        for found in _speaking(grounds, sure, second)
        if not any(_share_words(found, reason) for reason in reasons if reason.sign)
    ][:1]
    if asked:
        return tuple(spoken) or reasons_for(grounds, query, reading, second)[:1]
    return tuple(spoken) if share >= LEAST_SECOND else ()


def _is_sure(sign: Sign) -> bool:
    """Return whether a sign can be a second reason: its words say so, whatever practice is expected."""
    return sign.probability >= SURE_SIGN and sign.alone >= SURE_ALONE


def counter_sign(reading: Features, grounds: Grounds, practice: str) -> Grounded | None:
    """Return what speaks most against a practice, when something does."""
    against = [
        sign
        for sign in reading.signs
        if sign.weight(practice) <= LEAST_COUNTER and sign.probability >= SURE_SIGN
    ]
    against.sort(key=lambda sign: sign.weight(practice) * sign.probability)
    return next((found for sign in against if (found := grounds.of(sign, practice))), None)


def passed_over(
    grounds: Grounds, reading: Features, knocked: Sequence[Sign], ranking: Ranking, named: Sequence[str]
) -> tuple[Grounded, str] | None:
    """Return why a practice that the visitor named is not the first, with that practice, or None.

    That is what rules it out, what the visitor said that speaks against it, or when it would fit.
    """
    first = ranking[0][0]
    others = [practice for practice in named if practice != first]
    if len(set(others)) != 1 or not others[0]:
        return None
    other = others[0]
    against = [sign for sign in reading.signs if sign.weight(other) < 0 and sign.probability >= SURE_SIGN]
    against.sort(key=lambda sign: (sign.weight(other), -sign.probability))
    ruling = [sign for sign in knocked if sign.criterion.rules_out == other]
    found = next((told for sign in (*ruling, *against) if (told := grounds.of(sign, other))), None)
    between = len(set(named)) == 2
    found = found or (grounds.telling(other, first) if between or first not in named else None)
    return (found, other) if found else None


def _in_other_words(found: Sequence[Grounded]) -> tuple[Grounded, ...]:
    """Return what rests on words of the visitor that no reason before it rests on."""
    kept: list[Grounded] = []
    for one in found:
        if not any(_share_words(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _share_words(one: Grounded, other: Grounded) -> bool:
    first, second = (set(words(g.sign.evidence)) if g.sign else set() for g in (one, other))
    return len(first & second) > SHARED_WORDS * min(len(first), len(second))


def _speaking(grounds: Grounds, signs: Sequence[Sign], practice: str) -> tuple[Grounded, ...]:
    speaking = [sign for sign in signs if sign.weight(practice) > 0]
    speaking.sort(key=lambda sign: -_force(sign, practice))
    return tuple(found for sign in speaking if (found := grounds.of(sign, practice)))


def _force(sign: Sign, practice: str) -> float:
    return sign.weight(practice) * sign.probability + float(sign.chosen)
