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
_LARGE = "honderd duizend miljoen miljard tientallen honderden duizenden".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()

# A number in words, an ordinal or a date → one spelling. 'Een' is an article far more often than a number,
# 'eerste' is not counted, and 'half' is what people also say of six months.
NUMBERS: Mapping[str, str] = {
    **{word: str(value) for value, word in enumerate(_COUNTS) if word != "een"},
    **{word: str(value) for value, word in enumerate(_ORDINALS) if word != "eerste"},
    **{word: str(10 * value) for value, word in enumerate(_TENS, start=2)},
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
UNIT_NAMES = frozenset(UNITS.values())
FEW = frozenset(
    {"twee", "drie", "vier"}
)  # So many things people count themselves: `beide` → `twee partijen`.
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
