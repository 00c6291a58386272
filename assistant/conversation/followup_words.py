"""One turn of a conversation by its words alone: how it opens, whether it points back, what it is about."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from ingest.index.open import Index
from ingest.text.mentions import SPELLING_RATIO
from ingest.text.tokens import folded, words
from ingest.types import Practice

WEAK_WORDS = 8  # Up to this length a pronoun points back; in a longer question it mostly points inside.
STRONG_WORDS = 16  # Up to this length 'daarvoor' and the like point back.
FRAGMENT_WORDS = 3  # A turn of at most so many words is a fragment of the question before.
MOST_TOPIC_WORDS = 5  # A turn with more content words describes a situation; its words would mislead.
SHORTEST_MISSPELLED = 5  # Shorter words resemble too many others.

_STRONG = re.compile(
    r"\b(daar|daarvoor|daarvan|daarmee|daarbij|daarin|daaraan|daarna|daarover|hiervoor|hiermee|hierbij|hierin|"
    r"ervoor|ermee|erbij|eraan|ervan|erin|zoiets|zo'?n|zulke|beide|allebei|die weg)\b"
)
_WEAK = re.compile(r"\b(dat|dit|die|deze|da|het|hij|ie|zij|ze|hem|hun|haar|er|dan)\b")
_MORE = re.compile(r"\b(nog (een|eentje|meer|andere)|de rest|de andere[n]?)\b")
_CONTINUES = re.compile(r"(en|maar|of|dus|ook|want|hoezo|waarom dan|wat dan|hoe dan)\b")
_POLITE = re.compile(
    r"^((ok|okay|oke|oké|ah|ja|nee|dank|dank je|dank u|dank je wel|dank u wel|dankjewel|bedankt|merci|thanks|"
    r"duidelijk|helder|goed|top|prima|mooi|begrepen|en|maar|dus)\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^((even |nu |nog |dan |en |een |heel |wat )*"
    r"((iets|wat) (heel )?anders|(heel )?ander(e)? (vraag|vraagje|onderwerp|punt)|"
    r"nieuw(e)? (vraag|onderwerp)|los daarvan|los hiervan|terzijde|tussendoor|"
    r"trouwens|overigens|nog iets|laat (dat )?maar( zitten)?|"
    r"genoeg (daarover|hierover)|terug naar [^,:.]+|over [^,:.]+(?=[:.])))[\s,.!:;-]*",
    re.IGNORECASE,
)
# Words that carry no topic, beside the stop words: how people ask, and the names of numbers.
_FILLERS = frozenset(
    words(
        "geef geven noem vertel zoek heb hebt heeft kent ken leg eens even zeggen kort eigenlijk doen doet "
        "deden mee gaat komt aub v e we wij ge u er wa da zoiets zo'n daar daarbij hoort past welk type "
        "tussen alle allemaal overwegen beginnen gaan zitten werken werkt best liefst ook nog dan telt"
    )
)


def without_opening(text: str) -> str:
    """Return a turn without its thanks, its 'en' and its change of subject; as it is when nothing is left."""
    rest = _POLITE.sub("", text.strip())
    rest = _POLITE.sub("", _OPENS.sub("", rest))
    return rest[:1].upper() + rest[1:] if words(rest) or len(rest.split()) > 1 else text.strip()


def opens_subject(text: str) -> bool:
    """Return whether a turn says that it is about something else than the turns before it."""
    return bool(_OPENS.match(_POLITE.sub("", text.strip())) or _OPENS.match(text.strip()))


def points_back(text: str) -> bool:
    """Return whether a turn leans on earlier ones by its form: it goes on, asks for more or has a pronoun."""
    plain = folded(text).strip()
    if _CONTINUES.match(plain) or _CONTINUES.match(_POLITE.sub("", plain)) or _MORE.search(plain):
        return True
    return has_pointer(text)


def is_fragment(text: str) -> bool:
    """Return whether a turn is too short to be a question of its own."""
    return len(text.split()) <= FRAGMENT_WORDS


def has_pointer(text: str) -> bool:
    """Return whether a word points back: 'daarvoor' in any but a long turn, a pronoun in a short one."""
    plain = folded(text)
    length = len(plain.split())
    return bool(_STRONG.search(plain) and length <= STRONG_WORDS) or bool(
        _WEAK.search(plain) and length <= WEAK_WORDS
    )


def topic_words(index: Index, text: str) -> tuple[str, ...]:
    """Return the content words of a turn as written, without the names of practices; none for a situation."""
    named = " ".join(_names(index.practices))
    names, spelled = set(words(named)), set(folded(named).split())
    found = [
        word
        for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)
        if set(words(word)) - names - _FILLERS and not _misspells(word, spelled)
    ]
    return tuple(dict.fromkeys(found)) if len(found) <= MOST_TOPIC_WORDS else ()


def _misspells(word: str, names: Iterable[str]) -> bool:
    """Return whether a word is one of these names with a spelling error."""
    plain = folded(word)
    return len(plain) >= SHORTEST_MISSPELLED and any(
        fuzz.ratio(plain, name) >= SPELLING_RATIO for name in names
    )


def without_practices(index: Index, text: str) -> str:
    """Return a turn without the names of practices in it."""
    pattern = "|".join(
        rf"\b{re.escape(name)}\b" for name in sorted(_names(index.practices), key=len, reverse=True)
    )
    return re.sub(rf"\s*\b(een|de|het)?\s*({pattern})", "", text, flags=re.IGNORECASE).strip()


def only_names(index: Index, text: str, practices: Iterable[str]) -> bool:
    """Return whether a turn says nothing but the names of these practices."""
    own = [practice for practice in index.practices if practice.id in set(practices)]
    return not set(words(text)) - set(words(" ".join(_names(own))))


def _names(practices: Iterable[Practice]) -> list[str]:
    return [name for practice in practices for name in (practice.label, *practice.aliases)]
