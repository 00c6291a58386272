"""Words that decide what a question means: what denies, what narrows, and what is the same or another."""

import re

from ingest.text.tokens import folded

_NEGATION = re.compile(
    r"\b(niet|nie|geen|gene|nooit|niemand|niets|niks|nergens|zonder|ongeschikt|afraden|afraadt|afgeraden|"
    r"vermijden|ontraden)\b"
)
_NARROWING = re.compile(r"\b(alleen|enkel|maar|slechts|raar|gek|nog|al|of|onzin|mythe)\b")
_SAME = re.compile(r"\b(het|de|een en het)?zelfde\b|\b(gelijk aan|identiek|synoniem\w*|ander woord voor)\b")
_OTHER = re.compile(r"\b(anders|andere?|verschil\w*|verschillende?|apart)\b(?! woord voor)")


def is_negated(text: str) -> bool:
    """Return whether a question holds a word that denies: `Wanneer past het niet?`."""
    return bool(_NEGATION.search(folded(text)))


def narrowing(text: str) -> frozenset[str]:
    """Return the words that narrow a question, so that another answer may hold: `Alleen bewoners?`."""
    return frozenset(_NARROWING.findall(folded(text)))


def sameness(text: str) -> int:
    """Return 1 for a text about what is the same, -1 for what is another thing, and 0 for neither or both."""
    plain = folded(text)
    return bool(_SAME.search(plain)) - bool(_OTHER.search(plain))
