"""Whether a text is Dutch, told by the small words that fill every sentence."""

import re
from collections import Counter
from collections.abc import Iterable

DUTCH = "nl"
FEWEST = 20  # Small words: on fewer, a title or a list of names, the language cannot be told.
CLEARLY = 2  # Times as many as in Dutch: quotes and titles in another language are common.
_WORD = re.compile(r"[^\W\d_]+")
# The commonest function words of each language that are no words of one of the others.
_SMALL_WORDS = {
    DUTCH: "de het een van en dat op voor met zijn niet aan ook bij naar uit deze maar wordt worden hun wij",
    "en": "the of and to that for with as on are this by from be or which have has not their they you it",
    "de": "der das und ist nicht mit sich auf für dem ein eine auch werden bei oder sind einen wird zum",
    "fr": "le les des et une est que dans pour qui sur pas au avec sont par plus ce cette aux ou leur nous",
    "es": "el los las una por con para del se su al como más pero sus está son este entre también",
}
_LANGUAGE = {word: name for name, small in _SMALL_WORDS.items() for word in small.split()}


def language(texts: Iterable[str], fewest: int = FEWEST) -> str:
    """Return the language of the texts; Dutch unless another one is clearly there, with `fewest` words."""
    counted = _counted(texts)
    if not counted:
        return DUTCH
    name, most = counted.most_common(1)[0]
    return name if most >= fewest and most > CLEARLY * counted[DUTCH] else DUTCH


def is_dutch(text: str) -> bool:
    """Return whether Dutch words are clearly in the majority, as they are in the Dutch part of a text."""
    counted = _counted([text])
    most = max((count for name, count in counted.items() if name != DUTCH), default=0)
    return counted[DUTCH] > CLEARLY * most


def small_words(text: str) -> list[str]:
    """Return the language of each small word that tells one."""
    return [_LANGUAGE[word] for word in _WORD.findall(text.lower()) if word in _LANGUAGE]


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(name for text in texts for name in small_words(text))
