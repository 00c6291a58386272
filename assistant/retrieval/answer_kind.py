"""What kind of answer a question asks for (an amount, a time, a name), and whether a text holds one."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
NUMBER = (
    r"(?:\d[\d.,]*|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|"
    r"zestien|twintig|dertig|veertig|vijftig|zestig|honderd|half|halve|beide|alle)"
)
LENGTH = "minuten|minuut|uur|uren|dag|dagen|werkdagen|week|weken|maand|maanden|jaar|jaren|kwartier"
SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """Words that ask for a kind of answer, and what a text looks like that gives one."""

    asks: re.Pattern[str]
    gives: re.Pattern[str]


def _kind(asks: str, gives: str, *, names: bool = False) -> AnswerKind:
    return AnswerKind(re.compile(asks, re.IGNORECASE), re.compile(gives, 0 if names else re.IGNORECASE))


KINDS = (
    _kind(r"\b(\w*nummer|bellen|bel ik)\b", r"\b0\d[\d -]{6,}|\b14 0\d|\b0[89]00|\b088|\b\d{3}\b.*\bbel"),
    _kind(r"\b(e-?mail\w*|mailadres|mailen)\b", "@"),
    _kind(r"\b(website|site|internetadres|link|webadres)\b", r"www\.|https?:|\.nl\b|website"),
    _kind(
        r"\b(hoe laat|welke tijd\w*|openingstijd\w*)\b",
        r"\b\d{1,2}[.:]\d\d\b|\b\d{1,2} uur\b|\b(zes|zeven|acht|negen|tien|elf|twaalf) uur",
    ),
    _kind(
        r"\b(kost|kosten|betaal\w*|prijs|tarief|bedrag|euro|duur is|hoe duur|vergoeding|salaris|boete|budget|"
        r"subsidie)\b",
        "€|euro|gratis|kosteloos",
    ),
    _kind(r"\b(procent|percentage|welk deel|aandeel)\b", "%|procent"),
    _kind(r"\b(welk jaar|sinds wanneer)\b", r"\b(19|20)\d\d\b"),
    _kind(
        r"\b(wanneer|welke? (dag|dagen|datum|data|maand))\b",
        rf"{MONTHS}|{DAYS}|\b(19|20)\d\d\b|\b({LENGTH})\b",
    ),
    _kind(
        r"\b(hoe ?lang|hoeveel (tijd|dagen|weken|maanden|jaar|uur|minuten))\b",
        rf"{NUMBER} (\w+ )?({LENGTH})|dezelfde dag|\btot ",
    ),
    _kind(
        r"\b(hoe vaak|hoeveel keer)\b",
        r"keer|maal|per (week|maand|jaar|dag|kwartaal)|elke|iedere|wekelijks|maandelijks|jaarlijks|dagelijks|"
        r"eens",
    ),
    _kind(r"\b(hoeveel|hoe ?(groot|hoog|ver|zwaar|oud|breed|diep))\b", rf"\b{NUMBER}\b"),
    _kind(
        r"\b(waarom|hoezo|reden)\b",
        r"\b(omdat|want|doordat|daarom|zodat|vanwege|wegens|reden|anders|dan|immers|om)\b",
    ),
    _kind(
        r"\b(hoe heet|heten|naam van|wie is (de|het)|welke (organisatie|bedrijf|firma|leverancier))\b",
        r"(?<![.!?:|] )(?<!^)\b[A-Z][a-z]+",
        names=True,
    ),
)


def asked_kinds(question: str) -> tuple[AnswerKind, ...]:
    """Return the kinds of answer that a question asks for; most ask for none in particular."""
    return tuple(kind for kind in KINDS if kind.asks.search(question))


def gives(kinds: Sequence[AnswerKind], text: str) -> bool:
    """Return whether a text holds an answer of each kind: `'dat kost € 25'` for `'wat kost'`."""
    return all(kind.gives.search(text) for kind in kinds)


def alike(stem: str, others: Collection[str]) -> float:
    """Return how much of a stem the nearest of others shares with it, between 0 and 1."""
    if stem in others:
        return 1.0
    if len(stem) < SHORTEST_PART:
        return 0.0
    within = (
        min(len(stem), len(other)) / max(len(stem), len(other))
        for other in others
        if len(other) >= SHORTEST_PART and (stem in other or other in stem)
    )
    return max(within, default=0.0)
