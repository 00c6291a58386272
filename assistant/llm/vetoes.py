"""What code rejects whatever a reader said: another number, name or practice, a negation lost or added.

Each veto goes only as far as it is precise; `python -m evals support` measures them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from assistant.llm.wording import (
    BOUNDS,
    DENIES_OTHERWISE,
    FEW,
    HALF_HOUR,
    INSTEAD,
    NEGATIONS,
    NO_DENIAL,
    NUMBERS,
    PARTS,
    UNIT_NAMES,
    UNITS,
)
from ingest.text.sentences import sentences
from ingest.text.tokens import folded, words
from ingest.types import Practice

ONE = "1"
PART = "deel"  # What all parts count, so that a quarter is not three quarters.
BOUND_WITHIN = 2  # So many words before a number may bound it: `maximaal ongeveer drie`.
COUNTED_WITHIN = 3  # A number counts the first noun among so many words after it.
SHORTEST_ROOT = 4  # Letters that two forms of a name share: `Zweden`, `Zweeds`.
# Negations are compared only where this share of a sentence's words of substance is in the passage too: who
# tells it in freer words also denies what the passage says without a negation, and the other way round.
NEAR = 0.75
SCOPE = 2  # So many words of substance behind a negation say what it denies, or before it when none follow.
_PHRASES = "|".join(phrase for phrase in NUMBERS if " " in phrase)
_TOKEN = re.compile(rf"(?i:\b(?:{_PHRASES})\b)|" r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’&-][^\W\d_]+)*\d*|[€%]")
_CLAUSE = re.compile(r"[,;:.!?](?!\d)|[()–\n]")
_THOUSANDS = re.compile(r"(?<=\d)[.](?=\d{3}\b)")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number by its value, what it counts (a unit, or the stem of a noun, or nothing), and as written.

    `bound` says that it is the least or the most; an `article` may be no number: `een wethouder`.
    """

    value: str
    noun: str
    word: str = ""
    bound: str = ""
    article: bool = False


def veto(
    sentence: str,
    block: str,
    title: str = "",
    practices: Sequence[Practice] = (),
    names: Set[str] = frozenset(),
) -> str:
    """Return the first thing that a sentence says and its block, under its title, does not; or nothing.

    `names` are known from elsewhere: a sentence that begins with one of them begins with a name.
    """
    known = f"{title}. {block}"
    pattern, ids = _aliases(tuple(practices))
    if other_number(sentence, known):
        return "number"
    if other_name(pattern.sub(" ", sentence), known, names):
        return "name"
    if _named(pattern, ids, sentence) - _named(pattern, ids, known):
        return "practice"
    return "negation" if other_negation(sentence, block) else ""


def other_number(sentence: str, known: str) -> bool:
    """Return whether a number, date or amount is not in a text, or counts something else there.

    True for `zes weken` → `acht weken` or `zes maanden`, and for `maximaal zes` → `minstens zes`; not for
    `gemeente en Movisie` → `twee partijen`.
    """
    there = list(_counted(known))
    countable = {one.noun for one in there if one.noun and not one.article} | UNIT_NAMES
    there += _uncounted(known, there)
    return any(
        _is_other(one, [same for same in there if same.value == one.value], counts=one.noun in countable)
        for one in _counted(sentence)
        if not one.article
    )


def other_name(sentence: str, known: str, names: Set[str] = frozenset()) -> bool:
    """Return whether a name is not in a text in any form: `Zweeds` is one of `Zweden`."""
    there = {folded(token) for token in _TOKEN.findall(known)}
    return any(not _has_form(name, there) for name in names_in(sentence) | (_first(sentence) & names))


def names_in(text: str) -> frozenset[str]:
    """Return the words with a capital inside the sentences of a text that it never writes without: `vng`."""
    found = set()
    for span in sentences(text):
        tokens = _TOKEN.findall(text[span.start : span.end])
        found |= {folded(token) for n, token in enumerate(tokens) if _is_name(token, first=not n)}
    return frozenset(found - set(_TOKEN.findall(text)))


def other_negation(sentence: str, block: str) -> bool:
    """Return whether a sentence close to one of the block lacks a negation of it, or has one of its own.

    `De leider is er niet bij.` → `De leider is erbij.`
    """
    said = set(words(sentence))
    source = max(_parts(block), key=lambda part: len(said & set(words(part))), default="")
    if not said or len(said & set(words(source))) < NEAR * len(said):
        return False
    return _lacks_negation(sentence, source) or _lacks_negation(source, sentence)


def _lacks_negation(text: str, other: str) -> bool:
    """Return whether a text says what another one denies, without a negation or a word that is like one."""
    new = set(folded(text).split()) - set(folded(other).split())
    own, denied = _denied(text), _denied(other)
    if len(own) >= len(denied) or any(token.strip(".,;:") in DENIES_OTHERWISE for token in new):
        return False
    said = set(words(text))
    return any(scope and scope <= said and not any(scope & another for another in own) for scope in denied)


def _is_other(one: _Number, same: Sequence[_Number], *, counts: bool) -> bool:
    """Return whether a number is other than those of its value in a text, where its noun `counts` or not."""
    if not same:
        return counts or one.word not in FEW | PARTS.keys()
    if counts and not {one.noun, ""} & {other.noun for other in same}:
        return True
    bounds = {other.bound for other in same if other.noun == one.noun}
    return bool(one.bound and bounds) and bounds.isdisjoint({"", one.bound})


def _counted(text: str) -> Iterator[_Number]:
    """Yield the numbers of a text."""
    for clause in _CLAUSE.split(_THOUSANDS.sub("", HALF_HOUR.sub("30 minuten", text))):
        tokens = _TOKEN.findall(clause)
        for place, token in enumerate(tokens):
            word = folded(token)
            value = ONE if word == "een" else NUMBERS.get(word, word if word[0].isdigit() else "")
            if value:
                before = [folded(other) for other in tokens[max(0, place - BOUND_WITHIN) : place]]
                unit = UNITS["€"] if before[-1:] == ["€"] else ""
                after = tokens[place + 1 : place + 1 + COUNTED_WITHIN]
                noun = PART if word in PARTS else unit or _noun(after)
                bound = next((BOUNDS[other] for other in before if other in BOUNDS), "")
                article = token.lower() == "een" and noun not in UNIT_NAMES
                yield _Number(value, noun, word, bound, article)


def _uncounted(text: str, counted: Sequence[_Number]) -> list[_Number]:
    """Return the units of a text before which no number is, each as one of it: `per jaar` → `1 jaar`."""
    named = Counter(UNITS[word] for word in map(folded, _TOKEN.findall(text)) if word in UNITS)
    return [_Number(ONE, unit) for unit in named - Counter(one.noun for one in counted)]


def _noun(tokens: Sequence[str]) -> str:
    for token in tokens:
        if folded(token) in NUMBERS or token[0].isdigit():
            return ""
        stem = UNITS.get(folded(token)) or "".join(words(token)[:1])
        if stem:
            return stem
    return ""


def _is_name(token: str, *, first: bool) -> bool:
    inside = token[1:] != token[1:].lower()
    return token[0].isalpha() and (inside or (token[0].isupper() and not first))


def _first(text: str) -> set[str]:
    return {folded(token) for token in _TOKEN.findall(text)[:1]}


def _has_form(name: str, there: Set[str]) -> bool:
    root = name[:SHORTEST_ROOT]
    return name in there or (
        len(name) >= SHORTEST_ROOT and any(other.startswith(root) or name in other for other in there)
    )


def _parts(block: str) -> list[str]:
    return [block[span.start : span.end] for span in sentences(block)]


def _denied(text: str) -> list[set[str]]:
    """Return what each negation of a text denies: the words of substance nearest to it in its clause."""
    found = []
    for clause in _CLAUSE.split(INSTEAD.sub("niet", folded(text))):
        tokens = clause.split()
        for place, token in enumerate(tokens):
            after = tokens[place + 1 :]
            if token in NEGATIONS and not (after and after[0] in NO_DENIAL):
                scope = words(" ".join(after))[:SCOPE] or words(" ".join(tokens[:place]))[-SCOPE:]
                found.append(set(scope))
    return found


def _named(pattern: re.Pattern[str], ids: Mapping[str, str], text: str) -> set[str]:
    return {ids[match.lower()] for match in pattern.findall(text)}


@lru_cache(maxsize=8)
def _aliases(practices: tuple[Practice, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of the practices' names, longest first, and whose each is."""
    ids = {alias.lower(): one.id for one in practices for alias in (one.label, *one.aliases)}
    ordered = sorted(ids, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(alias)}\b" for alias in ordered) or "(?!)", re.IGNORECASE), ids
