"""Which questions can be answered by ja or nee."""

import re
from collections.abc import Iterable

from ingest.text.mentions import without_names
from ingest.text.tokens import folded
from ingest.types import Practice

_OPEN = re.compile(
    r"(^|[.!?,:;]\s+|\ben\s+)((in|bij|voor|met|op|uit|van|aan) )?"
    r"(wat|wie|wiens|waar\w*|wanneer|hoe\w*|welke?|waarom|hoezo|noem|geef|leg|vertel|som|beschrijf)\b"
)
_VERBS = (
    "is zijn was waren kan kun kunt kunnen kon konden mag mogen moet moeten moest hoef hoeft hoeven "
    "heb hebt heeft hebben had wordt worden word werd doet doe doen deed deden gaat ga gaan ging "
    "past passen telt tellen hoort horen klopt werkt werken helpt bestaat bestaan geldt gelden staat "
    "staan zit zitten krijg krijgt krijgen wil willen zal zullen zou zouden blijft blijven duurt "
    "kost ligt liggen komt komen zegt weegt beslist bepaalt bemoeit betekent levert gebruikt maakt "
    "vraagt leert leren begint begon volstaat blijkt verandert vind vindt vinden rol haalde haalden maken "
    "valt vallen kwam kwamen zie ziet zien beslissen bedenkt bedenken lukt lukte lijkt lijken schreef "
    "kijkt kijken loopt lopen hoorde leidt leiden deelt delen levert leveren betaalt betalen krijgen"
).split()
_VERB = "|".join(_VERBS)
# Put as a question, and meant as a request: `Kan iemand me uitleggen wat dat is?`
_REQUEST = re.compile(
    r"\b(kan|kun|kunt|kunnen|zou|zouden|wil|wilt|willen) (iemand|je|jij|u|jullie)\b[^?]*"
    r"\b(uitleggen|opnoemen|opsommen|uitschrijven|toelichten|omschrijven|samenvatten|"
    r"(me|mij|ons|even|eens) [^?]*(leggen|noemen|vertellen|geven|zeggen|sturen|wijzen))\b"
)
_TAIL = re.compile(
    r",? of (niet|nee|wel|toch niet|(gaat|kan|mag|moet|is|werkt|hoeft) (dat|het) [^?]*)\?.*$", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?!\()")
# A choice between what is and what is: `Kan dat, of zijn dat twee verschillende dingen?`
_OTHERWISE = re.compile(
    r"\bof (zijn|is|gaat|praten|bedoel\w*|heb\w*) [^?]*\b(verschillende?|anders|andere)\b"
)
# Not a choice: `of wel`, a second question (`of moet dat`), and what is asked indirectly (`weten of je`).
_CHOICE = re.compile(
    rf"(?<!\bweten )(?<!\bnagaan )(?<!\bkijken )(?<!\bkijk )(?<!\bzien )(?<!\bbekend )(?<!\bvraagt )"
    rf"(?<!\bvragen )(?<!\bme af )(?<!\buit )(?<!\bmeten )\bof\b"
    rf"(?! (niet|wel|nee|toch|zo|practi\w+|je|we|wij|ze|zij|er|het|{_VERB})\b)"
)
_TAG = re.compile(
    r"(\btoch|\bhe|\bof (niet|wel|nee)|\bklopt (dat|het)( wel)?)\W*$|\btoch\b[^?]*\?\s*$"
    r"|(^|[.!?]\s+)(is dat )?(wel )?(verstandig|slim|handig|terecht|normaal|erg|logisch)\?\s*$"
)
_BEFORE = r"(^|[.!?,:;]\s+)((en|maar|dus|of|ook|dan) )?"
_VERB_FIRST = re.compile(rf"{_BEFORE}({_VERB})\b")
# Any word before its subject is the verb of a question: `Kies je altijd één aanpak?`
_NO_VERB = (
    "in op bij met voor van naar uit over door tegen na sinds tot om als of en maar dat omdat zonder binnen "
    "tijdens volgens ook aan per dan terwijl want toen hoewel tussen onder behalve"
).split()
_SUBJECTS = (
    "ik je jij u we wij jullie ze zij hij er het de die dat dit deze een daar men mijn onze ons hun "
    "iedereen niemand iemand alle alles elk elke zo'n"
).split()
_INVERTED = re.compile(rf"{_BEFORE}(?!({'|'.join(_NO_VERB)})\b)[a-z]+ ({'|'.join(_SUBJECTS)})\b[^?]*\?\s*$")

# Whether a type fits is asked of the type or of `dat`, not with a denial or a comparison, nor for an idea.
_OF_THAT = re.compile(r"\b(dat|dit|die|deze|zo'n|zoiets)\b")
_NOT_OF_FIT = re.compile(
    r"\b(niet|geen|nooit|beter\w*|liever|eerder|meer|ander\w*)\b"
    r"|^\W*(heb|heeft|hebt|kun|kan|weet|ken|geef|wil) (je|jij|u|jullie)\b"
)


def asks_yes_no(question: str, practices: Iterable[Practice] = ()) -> bool:
    """Return whether ja or nee answers a question: not `Wie doet mee?`, `Een lab of een CoP?`, `En dat?`.

    The names of practices are passed over: one may hold an 'of'. The last sentence that asks counts.
    """
    text = _asking(folded(without_names(question, practices)))
    if any(pattern.search(text) for pattern in (_OPEN, _CHOICE, _OTHERWISE, _REQUEST)):
        return False
    return any(pattern.search(text) for pattern in (_VERB_FIRST, _TAG, _INVERTED))


def asks_whether_fits(question: str, practices: Iterable[Practice]) -> bool:
    """Return whether ja or nee tells if a type fits that a question names: `Ik dacht aan een lab. Past dat?`.

    It does not after `Is er iets beters?`, `Past dat niet?` or `Heb je daar ideeën over?`.
    """
    asking = folded(claimed(question))
    of_type = without_names(asking, practices) != asking or _OF_THAT.search(asking)
    return bool(of_type) and not _NOT_OF_FIT.search(asking) and asks_yes_no(question, practices)


def claimed(question: str) -> str:
    """Return what ja or nee answers in a question: its last sentence that asks, without a tail.

    `Wij zijn met z'n zessen. Kan het ook, of gaat dat niet?` → `Kan het ook`
    """
    return _TAIL.sub("", _asking(question))


def _asking(text: str) -> str:
    asking = [sentence for sentence in _SENTENCE.split(text) if sentence.rstrip(" )").endswith("?")]
    return asking[-1] if asking else text
