"""Lines → running text: words that were broken over two lines are made whole again."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SOFT, TYPOGRAPHIC = "\u00ad", "\u2010"
HYPHENS = f"-{TYPOGRAPHIC}"
_BROKEN = re.compile(rf"[\w’']({SOFT}?[{HYPHENS}]|{SOFT})$")
_NAMELESS = re.compile(r"\(cid:\d+\)")  # What pdfminer writes for them.
_WORD = re.compile(r"[^\W_]+(?:[-’'\u2010][^\W_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_SUSPENDED = frozenset("en of als tot dan noch respectievelijk".split())  # 'leer- en verbetertraject'
_KEEPING = frozenset(
    "adjunct aspirant ex niet non oud pseudo vice".split()
)  # Dutch writes these with a hyphen.
_CLASHES = frozenset("aa ae ai au ee ei eu ie ij oe oi oo ou ui uu".split())  # 'zee-eend': read apart.
STEM = 4  # Letters after a hyphen by which 'mede-onderzoeker' and 'mede-onderzoek' are alike.

HYPHENATES = 0.005  # Of the lines break a word that is also written in one; in print about 0.05 do.
FEWEST_LINES = 50  # On fewer, it cannot be told.


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How often a document writes each word within a line, and whether it breaks words over lines."""

    words: Mapping[str, int] = field(default_factory=dict)
    hyphenates: bool = True


def joined(lines: Iterable[str], vocabulary: WordCounts | None = None) -> str:
    """Return the lines as one text with single spaces."""
    text = ""
    for line in lines:
        text = join(text, line, vocabulary or WordCounts())
    return clean(text)


def join(text: str, line: str, vocabulary: WordCounts) -> str:
    """Add a line to a text; a hyphen between them stays only where the word has one."""
    line = line.strip()
    if not text or not line:
        return text or line
    broken = _BROKEN.search(text)
    if broken is None:
        return text + ("" if _continues_address(text, line) else " ") + line
    before = text[: broken.start(1)]
    if broken.group(1).startswith(SOFT) or broken.group(1) == TYPOGRAPHIC:
        return before + line
    last, first = _last_word(before), _first_word(line)
    if first in _SUSPENDED and not vocabulary.words.get((last + first).lower()):
        return f"{before}- {line}"
    return f"{before}-{line}" if _keeps_hyphen(last, first, vocabulary) else before + line


def clean(text: str) -> str:
    """Return a text without soft hyphens, with plain ones, and without letters that have no name."""
    text = _NAMELESS.sub("", text) if "(cid:" in text else text
    return text.replace(SOFT, "").replace(TYPOGRAPHIC, "-")


def learn_words(lines: Sequence[str]) -> WordCounts:
    """Count the words of lines in small letters, hyphenated ones also up to their stem.

    A word at the end of a line that is broken there, and what follows it, are no words. Whether '-' breaks
    words shows in those that the document also writes in one; programs that mark where they break a word
    (soft or typographic hyphen) leave '-' for hyphens that were typed.
    """
    counted: Counter[str] = Counter()
    breaks: list[tuple[str, str]] = []
    last = None
    for line in lines:
        found = _WORD.findall(clean(line).lower())
        broken = _BROKEN.search(line)
        if last is not None and found:
            breaks.append((last, found[0]))
        whole = found[int(last is not None) : len(found) - int(broken is not None)]
        counted.update(whole)
        counted.update(stem for word in whole for stem in _stems(word))
        last = None if broken is None else found[-1] if found and broken.group(1) == "-" else ""
    known = sum(counted[last + first] > counted[_stem(last, first)] for last, first in breaks if last)
    return WordCounts(counted, len(lines) < FEWEST_LINES or known >= HYPHENATES * len(lines))


def _stems(word: str) -> Iterable[str]:
    return [_stem(before, after) for before, after in pairwise(word.split("-"))]


def _stem(before: str, after: str) -> str:
    return f"{before.rsplit('-')[-1]}-{after[:STEM]}"


def _keeps_hyphen(last: str, first: str, vocabulary: WordCounts) -> bool:
    if not first or not first[0].islower() or last[-1:].isdigit() or (len(last) > 1 and last.isupper()):
        return True
    before, after = last.lower(), first.lower()
    whole = vocabulary.words.get(before + after, 0)
    hyphenated = vocabulary.words.get(_stem(before, after), 0)
    if whole or hyphenated:
        return hyphenated > whole
    return not vocabulary.hyphenates or before in _KEEPING or before[-1:] + after[:1] in _CLASHES


def _continues_address(text: str, line: str) -> bool:
    address = _ADDRESS.search(text)
    return address is not None and text[-1] in "/._?=&%-" and bool(re.match(r"[\w/?=&%#-]", line))


def _last_word(text: str) -> str:
    words = _WORD.findall(clean(text))
    return words[-1] if words else ""


def _first_word(text: str) -> str:
    match = _WORD.match(clean(text))
    return match.group() if match else ""
