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


def words(text: str) -> list[str]:
    """Return the stemmed content words of a text, in order, with repeats."""
    return list(_words(text))


def folded(text: str) -> str:
    """Return the text in lower case without diacritics."""
    lower = text.lower()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


# A question is read by several parts, and the same stored sentences are read for question after question.
@lru_cache(maxsize=4_096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(folded(text)) if word not in _STOP)


@lru_cache(maxsize=1)
def _stemmer() -> "Stemmer.Stemmer":
    return Stemmer.Stemmer("dutch")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))
