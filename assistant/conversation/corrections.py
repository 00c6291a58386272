"""What a later turn takes back of the situation that earlier turns told."""

import re
from collections.abc import Collection, Sequence

from ingest.text.negation import is_negated
from ingest.text.tokens import folded, words

_CORRECTS = re.compile(
    r"\b(eigenlijk|toch (niet|geen)|nee|corrig\w+|bij nader inzien|ik bedoel\w*|vergis\w*|wacht|klopt niet"
    r"|hetzelfde|verandert|anders|hoe(f|ft|ven) (\w+ ){0,3}niet|doe(t|n) (\w+ ){0,2}niet mee|juist niet"
    r"|niet (meer|langer)|geen \w+ meer)\b"
)
_PHRASE = re.compile(r"(?<=[.!?;:,])\s+|\n+|\s[-–]\s")
# Words that a denial may share with what it does not deny.
_COMMON = frozenset(words("willen samen nieuw nieuwe maken doen komen gaan hebben goed goede mensen weten"))


def without_retracted(turns: Sequence[str], chosen: Collection[str] = ()) -> tuple[str, ...]:
    """Return the turns of a situation, oldest first, without the phrases that the last one denies.

    After 'De bewoners hoeven er niet bij', `Wij willen met bewoners iets maken. Wat past?` → `Wat past?`
    Answers that were `chosen` take nothing back, and are kept.
    """
    if len(turns) < 2 or turns[-1].strip() in chosen or not _CORRECTS.search(folded(turns[-1])):
        return tuple(turns)
    denied = {
        word for phrase in _phrases(turns[-1]) if is_negated(phrase) for word in words(phrase)
    } - _COMMON
    earlier = (turn if turn.strip() in chosen else " ".join(_kept(turn, denied)) for turn in turns[:-1])
    return (*(turn for turn in earlier if turn), turns[-1])


def _kept(turn: str, denied: set[str]) -> list[str]:
    """Return the phrases of a turn that say nothing of what is denied now, or that denied it as well."""
    return [phrase for phrase in _phrases(turn) if is_negated(phrase) or not denied & set(words(phrase))]


def _phrases(text: str) -> list[str]:
    return [phrase for phrase in _PHRASE.split(text) if phrase.strip()]
