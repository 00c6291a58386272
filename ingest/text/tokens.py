"""Dutch words for the lexical leg: lower case, without accents and stop words, stemmed by Snowball."""

import re
import unicodedata
from functools import lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_DUTCH

# Words that questions share and that say nothing about what is asked, beside the stop words of bm25s.
_QUESTION_WORDS = frozenset(
    "welk welke hoeveel graag even kunt willen wil gaat gaan eens echt eigenlijk precies jullie "
    "mij mijn onze ons hen hun jou jouw waar waarvoor waarom mag moeten zou zouden kun kunnen".split()
)
_STOP = frozenset(STOPWORDS_DUTCH) | _QUESTION_WORDS
_WORD = re.compile(r"[a-z0-9]+")
# Letters that sound alike in Dutch, each written one way.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch", "sg"),
        ("[sz]j", "g"),
        ("ts?ie", "sie"),
        ("ch", "g"),
        ("ck", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("qu", "kw"),
        ("x", "ks"),
        ("ph", "f"),
        ("th", "t"),
        ("ij|ei|y", "i"),
        ("au", "ou"),
        ("v", "f"),
        ("z", "s"),
        ("dt?$", "t"),
        ("b$", "p"),
        (r"(.)\1+", r"\1"),
        ("en$", "e"),
    )
)


def words(text: str) -> list[str]:
    """Return the stemmed content words of a text, in order, with repeats; nothing of it stays in memory."""
    stemmer = _stemmer()
    return [str(stemmer.stemWord(word)) for word in _WORD.findall(folded(text)) if word not in _STOP]


@lru_cache(maxsize=4_096)
def stored_words(text: str) -> tuple[str, ...]:
    """Return the same of a text of the index; kept, as it is read for question after question."""
    return tuple(words(text))


def folded(text: str) -> str:
    """Return the text in lower case without diacritics."""
    lower = text.lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def sound(word: str) -> str:
    """Return a word as it sounds, so that spellings that sound alike are the same."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=1)
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("dutch", 0)  # Its own cache would keep the words of visitors.
