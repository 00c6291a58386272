"""Dutch words that the vetoes know: numbers, dates, units, negations, and words that add no fact."""

import re
from collections.abc import Mapping

_COUNTS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien twintig"
).split()
_ORDINALS = (
    "nulde eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde"
).split()
_BELOW_TEN = _COUNTS[1:10]
_LARGE = "honderd duizend miljoen miljard tientallen honderden duizenden".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()

# What people also say of numbers that they compare: `vijf van de elf` → `minder dan de helft`.
PARTS: Mapping[str, str] = {"kwart": "1/4", "driekwart": "3/4", "drie kwart": "3/4", "helft": "1/2"}
# A number in words, an ordinal or a date → one spelling. 'Een' is an article far more often than a number,
# 'eerste' is not counted, and 'half' is what people also say of six months. Two words are read before one.
NUMBERS: Mapping[str, str] = {
    **{word: str(value) for value, word in enumerate(_COUNTS) if word != "een"},
    **{word: str(value) for value, word in enumerate(_ORDINALS) if word != "eerste"},
    **{word: str(10 * value) for value, word in enumerate(_TENS, start=2)},
    **{
        f"{one}en{ten}": str(10 * tens + ones)
        for tens, ten in enumerate(_TENS, start=2)
        for ones, one in enumerate(_BELOW_TEN, start=1)
    },
    **{
        f"{count}{space}{part}": f"{count}/{part}"
        for count in ("twee", "drie", "vier")
        for space in ("", " ")
        for part in ("derde", "vierde", "vijfde")
    },
    **PARTS,
    **{f"half {hour}": f"half {hour}" for hour in _COUNTS[1:13]},
    **{word: word for word in (*_LARGE, *_MONTHS, *_DAYS)},
    **dict.fromkeys(("anderhalf", "anderhalve"), "1,5"),
    **dict.fromkeys(("dozijn",), "12"),
    **dict.fromkeys(("lente", "voorjaar"), "voorjaar"),
    **dict.fromkeys(("herfst", "najaar"), "najaar"),
}
# What a number is told of in time, money or share: never counted by the one who tells.
UNITS: Mapping[str, str] = {
    form: unit
    for unit, forms in {
        "minuut": "minuut minuten",
        "uur": "uur uren",
        "dag": "dag dagen",
        "week": "week weken",
        "maand": "maand maanden",
        "kwartaal": "kwartaal kwartalen",
        "jaar": "jaar jaren",
        "eeuw": "eeuw eeuwen",
        "procent": "procent %",
        "euro": "euro €",
    }.items()
    for form in forms.split()
}
HALF_HOUR = re.compile(r"\b(?:een )?hal(?:f|ve) ?uur\b", re.IGNORECASE)  # `een halfuur` → `30 minuten`.
# What bounds a number, from below and from above: `ten minste twee`, `maximaal twee`.
BOUNDS: Mapping[str, str] = {
    **dict.fromkeys("minimaal minstens tenminste minste minst".split(), "least"),
    **dict.fromkeys("maximaal hoogstens hooguit hoogste".split(), "most"),
}
UNIT_NAMES = frozenset(UNITS.values())
# So many things people count themselves: `beide` → `twee partijen`.
FEW = frozenset({"een", "twee", "drie", "vier"})
NEGATIONS = frozenset("niet geen nooit niemand nergens niets niks zonder noch evenmin".split())
INSTEAD = re.compile(r"\bin plaats van\b")  # Denies what follows as much as `niet` does.
# Where one of these is, a text denies or doubts in other words, and negations cannot be compared.
DENIES_OTHERWISE = frozenset(
    "ontbreekt ontbreken ontbrak onmogelijk zelden nauwelijks amper weinig minder anders behalve tenzij mits "
    "alleen pas slechts uitsluitend maar uitgesloten verboden hoeft hoeven onvoldoende lastig moeilijk "
    "evenveel gelijk los gratis kosteloos zelfs".split()
)
# Before these a negation denies nothing: `niet alleen`, `niet meer dan`.
NO_DENIAL = frozenset({"alleen", "slechts", "zozeer", "enkel"})
