"""A text read for what it says: its words with their stems, clauses, names, numbers and practices."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.llm.grammar import wording
from ingest.text.tokens import folded, words
from ingest.types import Practice

Kind = Literal["word", "name", "number", "practice"]
ONE = frozenset({"één", "eén"})
SHORTEST_START = 4
COMMON_START = 0.65  # Words that share so much of the shorter one are forms of one word.
SHORTEST_PART = 4
ROOT = 3  # So many letters of a verb stay through its forms: leggen, legt, gelegd.
LINKS = ("", "s", "en", "e")  # What may be between the parts of a compound.
_TOKEN = re.compile(r"§[\w-]+§|\d+(?:[.,]\d+)*|[^\W\d_]+|[,;:()–]")
_PHRASE = re.compile(rf"\b({'|'.join(wording.PHRASES)})\b", re.IGNORECASE)
_MARKS = frozenset(",;:()–")
_OPENS_CLAUSE = frozenset(
    "maar terwijl want omdat zodat waarbij doordat waardoor als dan zoals daarom dus".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, its stem when it carries meaning, and the clause it is in."""

    plain: str
    stem: str
    clause: int
    kind: Kind


def read(text: str, practices: Sequence[Practice] = ()) -> tuple[Word, ...]:
    """Return the words of a text; a practice, by whatever alias, is one word."""
    return _read(text, tuple(practices))


def content(text: Sequence[Word]) -> list[Word]:
    """Return the words that carry a fact."""
    return [word for word in text if _tells(word)]


def of_kind(kind: Kind, text: Sequence[Word]) -> set[str]:
    """Return the words of a kind, as they are."""
    return {word.plain for word in text if word.kind == kind}


def root(word: Word) -> str:
    """Return the stem of a word, or the word itself when it has none."""
    return word.stem or word.plain


def _tells(word: Word) -> bool:
    return word.kind == "number" or (len(word.stem) > 1 and word.plain not in wording.HANDLED)


def same(one: str, other: str) -> bool:
    """Return whether two words are forms of one word, mean the same, or the second is made with the first."""
    if one == other or other in wording.SAME.get(one, ()):
        return True
    shortest = min(len(one), len(other))
    shared = next((n for n in range(shortest) if one[n] != other[n]), shortest)
    if shared >= max(SHORTEST_START, COMMON_START * max(len(one), len(other))):
        return True
    return len(one) >= SHORTEST_PART and (other.startswith(one) or other.endswith(one))


def alike(one: Word, other: Word) -> bool:
    """Return whether two words of texts say the same, by their stems or as they are."""
    if one.plain == other.plain:
        return True
    if not one.stem or not other.stem:
        return False
    mine, its = {one.stem, one.plain}, {other.stem, other.plain}
    return any(same(form, its_form) for form in mine for its_form in its)


def made_of(word: Word, parts: Sequence[Word]) -> bool:
    """Return whether a word is a compound of two of these words."""
    forms = {form for part in parts for form in (part.plain, part.stem) if len(form) >= SHORTEST_PART - 1}
    starts = [form for form in forms if word.plain.startswith(form)]
    return any(word.plain[len(form) :].removeprefix(link) in forms for form in starts for link in LINKS)


def separated(word: Word, parts: Sequence[Word]) -> bool:
    """Return whether a verb such as 'oppakken' or 'vastgelegd' is among these words in two parts."""
    loose = {part.plain for part in parts} & wording.SEPARABLE
    bare = (word.plain[len(prefix) :].removeprefix("ge") for prefix in loose if word.plain.startswith(prefix))
    return any(len(form) >= ROOT and form[:ROOT] == part.plain[:ROOT] for form in bare for part in parts)


def joined(word: Word, text: Sequence[Word], parts: Sequence[Word]) -> bool:
    """Return whether the two parts of a verb such as 'voert … in' stand among these words as one."""
    loose = {other.plain for other in text if other.clause == word.clause} & wording.SEPARABLE
    roots = {prefix + form + word.plain[:ROOT] for prefix in loose for form in ("", "ge", "te")}
    return len(word.plain) >= ROOT and any(part.plain.startswith(root) for part in parts for root in roots)


@lru_cache(maxsize=4_096)
def _read(text: str, practices: tuple[Practice, ...]) -> tuple[Word, ...]:
    return tuple(_words(_PHRASE.sub(_as_word, _with_practices(text, practices))))


def _as_word(match: re.Match[str]) -> str:
    word = wording.PHRASES[match[0].lower()]
    return word.capitalize() if match[0][0].isupper() else word


def _words(text: str) -> Iterator[Word]:
    clause, first = 0, True
    for match in _TOKEN.finditer(text):
        token, plain = match[0], folded(match[0])
        if token in _MARKS or plain in _OPENS_CLAUSE:
            clause += 1
        if token in _MARKS:
            continue
        kind = _kind(token, plain, first)
        number = "1" if token.lower() in ONE else wording.NUMBERS.get(plain, plain)
        stem = number if kind == "number" else plain if kind == "practice" else next(iter(words(plain)), "")
        yield Word(number if kind == "number" else plain, stem, clause, kind)
        first = False


def _kind(token: str, plain: str, first: bool) -> Kind:
    if token.startswith("§"):
        return "practice"
    if token[0].isdigit() or token.lower() in ONE or plain in wording.NUMBERS:
        return "number"
    is_name = (token[0].isupper() and not first) or token[1:] != token[1:].lower()
    return "name" if is_name and plain not in wording.LIGHT else "word"


def _with_practices(text: str, practices: tuple[Practice, ...]) -> str:
    pattern, ids = _practice_pattern(practices)
    return pattern.sub(lambda match: f"§{ids[match[0].lower()]}§", text)


@lru_cache(maxsize=8)
def _practice_pattern(practices: tuple[Practice, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    ids = {alias.lower(): p.id for p in practices for alias in (p.label, *p.aliases)}
    ordered = sorted(ids, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(alias)}\b" for alias in ordered) or "(?!)", re.IGNORECASE), ids
