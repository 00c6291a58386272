"""Which questions can be answered by ja or nee."""

import re
from collections.abc import Iterable

from ingest.text.mentions import without_names
from ingest.text.tokens import folded
from ingest.types import Practice

_OPEN = re.compile(
    r"(^|[.!?,:;]\s+|\ben\s+)((in|bij|voor|met|op|uit|van|aan) )?"
    r"(wat|wie|wiens|waar\w*|wanneer|hoe\w*|welke?|waarom|hoezo|noem|geef|leg)\b"
)
_CHOICE = re.compile(r"\bof\b(?! (niet|wel|nee|toch)\b)")
_TAG = re.compile(r"(\btoch|\bof (niet|wel|nee)|\bklopt (dat|het)( wel)?)\W*$")
_VERBS = (
    "is zijn was waren kan kun kunt kunnen kon konden mag mogen moet moeten moest hoef hoeft hoeven "
    "heb hebt heeft hebben had wordt worden word werd doet doe doen deed deden gaat ga gaan ging "
    "past passen telt tellen hoort horen klopt werkt werken helpt bestaat bestaan geldt gelden staat "
    "staan zit zitten krijg krijgt krijgen wil willen zal zullen zou zouden blijft blijven duurt "
    "kost ligt liggen komt komen zegt weegt beslist bepaalt bemoeit betekent levert gebruikt maakt "
    "vraagt leert leren begint volstaat blijkt verandert vind rol haalde"
).split()
_VERB_FIRST = re.compile(rf"(^|[.!?,:;]\s+)((en|maar|dus|of|ook|dan) )?({'|'.join(_VERBS)})\b")


def asks_yes_no(question: str, practices: Iterable[Practice] = ()) -> bool:
    """Return whether ja or nee answers a question: not `Wie doet mee?`, `Een lab of een CoP?`, `En dat?`.

    The names of practices are passed over: one may hold an 'of'.
    """
    text = folded(without_names(question, practices))
    if _OPEN.search(text) or _CHOICE.search(text):
        return False
    return bool(_VERB_FIRST.search(text) or _TAG.search(text))
