"""Whether a turn weighs a practice, or asks what becomes of an advice, by its words alone."""

import re

from assistant.conversation.followup_words import POLITE, asks_open, own_words
from ingest.index.open import Index
from ingest.text.mentions import without_names
from ingest.text.tokens import folded, words

# What asks of a practice whether it fits, beside the words that a bare turn has.
_FIT = (
    "waarom past passen passend beter slechter minder liever geschikt mogelijk logisch logischer handig slim "
    "verstandig keuze optie idee misschien denk dacht kiezen nemen overwegen zou zouden kan kon kunnen wordt "
    "valt"
)
_WHO_SAYS = (
    "valt vallen af collega baas directeur wethouder manager zegt vindt denkt wilt willen gelijk juist"
)
_FITS, _FIT_STEMS = frozenset(_FIT.split()), frozenset(words(f"{_FIT} {_WHO_SAYS}"))
_WEIGHS = re.compile(
    r"(dus )?((\w+ ){0,6}(waarom|hoezo) (\w+ ){0,2}(geen|niet) (\w+ ){0,2}_"
    r"|(zou(den)?|past|werkt) (\w+ ){0,2}_( \w+)*? "
    r"(ook|niet|dan|misschien|beter|wel)\b|(\w+ ){0,2}_ (\w+ ){0,3}valt (\w+ )?af\b"
    r"|(\w+ ){0,8}_ noemen\b|(\w+ ){0,3}(twijfel\w*|aarzel\w*) .*_"
    r"|.*_\b.*\bwat (zou|raad|kies|adviseer|vind|doe)\w* (\w+ ){0,2}(je|jij|u|jullie)\b"
    r"|.*_\b.*\b(waarom (wel|niet)( of (wel|niet))?|(goede? (keuze|idee|plan)|slim|verstandig|terecht))\W*$)"
)
_SUPPOSES = re.compile(r"(wat |en |maar |of )*(als|stel|indien|wanneer)\b.*\b(we|wij|ik|onze?|ons|mijn|er)\b")
_STILL = re.compile(
    r"\b(blijf\w*|geldt|klopt|past|werkt|gaat|is|zou|verandert?) (\w+ ){0,5}"
    r"(nog (steeds|altijd)|hetzelfde|dan nog|(je|jullie|uw|het|dat) (advies|keuze)|erbij)\b"
)


def weighs(index: Index, text: str) -> bool:
    """Return whether a turn only asks if a practice that it names would fit: `Waarom geen X dan?`."""
    plain = folded(without_names(text, index.practices))
    bare = (
        "_" in plain
        and not own_words(index, text) - _FIT_STEMS
        and not asks_open(plain.replace("waarom", ""))
    )
    return bare and not _FITS.isdisjoint(re.findall(r"\w+", plain))


def supposes(text: str) -> bool:
    """Return whether a turn asks what becomes of an advice: `En als we wel bewoners laten meedoen?`."""
    return bool(_SUPPOSES.match(POLITE.sub("", folded(text).strip())))


def asks_if_still(text: str) -> bool:
    """Return whether a turn asks if an advice stays what it is: `We zijn met vier. Geldt dat dan nog?`."""
    return bool(_STILL.search(folded(text)))


def weighs_and_tells(index: Index, text: str) -> bool:
    """Return whether a turn asks if a practice fits, whatever else it says: `Zou X niet sneller gaan?`."""
    return bool(_WEIGHS.match(POLITE.sub("", folded(without_names(text, index.practices)).strip())))
