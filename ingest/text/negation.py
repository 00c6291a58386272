"""Words that decide what a question means: what denies, and what narrows."""

import re

from ingest.text.tokens import folded

_NEGATION = re.compile(
    r"\b(niet|nie|geen|gene|nooit|niemand|niets|niks|nergens|zonder|ongeschikt|afraden|afraadt|afgeraden|"
    r"vermijden|ontraden)\b"
)
_NARROWING = re.compile(r"\b(alleen|enkel|maar|slechts|raar|gek|nog|al|of|onzin|mythe)\b")


def is_negated(text: str) -> bool:
    """Return whether a question holds a word that denies: `Wanneer past het niet?`."""
    return bool(_NEGATION.search(folded(text)))


def narrowing(text: str) -> frozenset[str]:
    """Return the words that narrow a question, so that another answer may hold: `Alleen bewoners?`."""
    return frozenset(_NARROWING.findall(folded(text)))
