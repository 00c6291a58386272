"""One turn of a conversation by its words alone: how it opens, whether it points back, what it is about."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from ingest.index.open import Index
from ingest.text.mentions import SPELLING_RATIO, mentions, name_pattern, names_of
from ingest.text.tokens import folded, words

WEAK_WORDS = 8  # Up to this length a pronoun points back; in a longer question it mostly points inside.
STRONG_WORDS = 16  # Up to this length 'daarvoor' and the like point back.
FRAGMENT_WORDS = 3  # A turn of at most so many words is a fragment of the question before.
MOST_TOPIC_WORDS = 5  # A turn with more content words describes a situation; its words would mislead.
SHORTEST_MISSPELLED = 5  # Shorter words resemble too many others.
EARLY_WORDS = 3  # A word that points back among the first of a phrase does so, however long it is.
FIRM_WORDS = 4  # A turn that points back in at most so many words says nothing without what it points to.
ASIDE_WORDS = 4  # A sentence before the question of at most so many words is only an aside.

_POINTERS = re.compile(
    r"\b(daar\w*|hier(voor|mee|bij|in|na|over)|er(voor|mee|bij|aan|van|in)|zoiets|zo'?n|zulke|beide|allebei|dezelfde|"
    r"die weg)\b"
)
_PRONOUNS = re.compile(r"\b(dat|dit|die|deze|da|het|hij|ie|zij|ze|hem|hun|haar|er|dan|jullie)\b")
_ASKS_OF_IT = re.compile(r"(wat|wie|waar\w*|wanneer|hoe\w*)( (?!het)\w+){1,3} (dat|dit|da)\b")
_MORE = re.compile(r"\b(nog (een|eentje|meer|andere)|de rest|de andere[n]?)\b")
_CONTINUES = re.compile(r"(en|maar|of|dus|ook|want|hoezo|waarom dan|wat dan|hoe dan)\b")
_ASKS = re.compile(
    r"(wa|wat|wie|wiens|waar\w*|wanneer|hoe\w*|welke?|noem|geef|leg|vertel|som|zoek|schrijf|zet|beschrijf|"
    r"is|zijn|was|waren|kan|kun|kunnen|mag|moet|moeten|heb|heeft|hebben|heet|bestaat|bestaan|doet|doen|"
    r"gaat|komt|staat|wordt|werkt|past|helpt|klopt|ik zoek|heeft)\b"
)
_OPEN = re.compile(r"\b(wa|wat|wie|waar\w*|wanneer|hoe\w*|welke?|noem|geef|som|schrijf)\b")
_THANKS = (
    r"ok|okay|oke|oké|ah|aha|oh|ja|nee|dank|dank je|dank u|dank je wel|dank u wel|dankjewel|bedankt|merci|"
    r"thanks|sorry|hoor|duidelijk|helder|goed|top|prima|mooi|leuk|interessant|fijn|super|begrepen|snap ik"
)
_THANKED = re.compile(rf"^(({_THANKS})\b[\s,.!:;-]*)+", re.IGNORECASE)
POLITE = re.compile(rf"^(({_THANKS}|en|maar|dus)\b[\s,.!:;-]*)+", re.IGNORECASE)
_OPENS = re.compile(
    r"^((even |nu |nog |dan |en |een |heel |wat )*"
    r"((iets|wat) (heel )?anders|(heel )?ander(e)? (vraag|vraagje|onderwerp|punt)|"
    r"nieuw(e)? (vraag|onderwerp)|los daarvan|los hiervan|terzijde|tussendoor|"
    r"trouwens|overigens|nog iets|laat (dat )?maar( zitten)?|"
    r"genoeg (daarover|hierover)|terug naar [^,:.]+|over [^,:.]+(?=[:.])))[\s,.!:;-]*",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(verschil\w*|onderscheid\w*|vergel\w+|hetzelfde|net zo"
    r"|(?!later|eerder|verder|ander|onder)\w{2,}er dan|anders dan"
    r"|(is|gaat|werkt) (dat|dit|het) .*\banders|lijkt? (\w+ ){0,3}op"
    r"|(naast|tegenover) (.* )?(leg|zet|houd|stel)\w*|(leg|zet|houd|stel)\w* (.* )?(naast|tegenover))\b"
)
_BOTH = re.compile(r"\b((de|die|deze|welke van de) (twee|2)|beide\w*|allebei)\b")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ASKING = re.compile(r"[^.!?]+\?")  # A sentence that asks.
_WANTS = re.compile(r"\b(zoek|bedoel|liever|wil|willen|dan)\b")  # `Dalfsen dan. Wanneer begon dat?`
# Words that carry no topic, beside the stop words: how people ask, and the names of numbers.
_FILLERS = frozenset(
    words(
        "geef geven noem vertel zoek heb hebt heeft kent ken leg eens even zeggen kort eigenlijk doen doet "
        "deden mee gaat komt aub v e we wij ge u er wa da zoiets zo'n daar daarbij hoort past welk type "
        "zelfde dezelfde vraag tussen alle allemaal overwegen beginnen gaan zitten werken werkt best liefst "
        "ook nog dan telt geldt gelden rij rijtje zetten zet hoor hoort aarzel aarzelen twijfel twijfelen"
    )
)
_MEANS = re.compile(r"\b(ik )?bedoel(de)?( ik)?\b|\b(verkeerde?|vergis\w*)\b")
_SHORTER = re.compile(
    r"\b((?<!langer of )korter|bondiger|beknopter|samengevat|samenvatten|(vat|vatten) (\w+ ){1,3}samen|"
    r"te lang|in (1|een|twee|2|enkele|een paar) (zin(nen)?|woord(en)?)|(kan|mag|graag) (\w+ ){0,3}kort)\b"
)
_PLAINER = re.compile(
    r"\b((kan|mag) (het|dat|dit) (ook )?(wat |iets )?(makkelijk|simpel|eenvoudig|gewoon)|"
    r"moeilijke? (woord\w*|taal)|simpeler|eenvoudiger|makkelijker|"
    r"duidelijker|begrijpelijker|\w*mensentaal|jip[ -]en[ -]janneke\w*|"
    r"(gewone|gewoon|simpele|eenvoudige|begrijpelijke|normale|normaal) (\w+ )?(taal|woorden|nederlands)|b1)\b"
)
# Words of a turn that only asks to go on about the last question, to say it again or to say it otherwise.
_BARE = _FILLERS | frozenset(
    words(
        "een twee drie vier vijf zes zeven acht negen tien som schrijf zet rijtje lijst lijstje hele heel "
        "rest meer andere anders vergat vergeet vergeten mist korter simpeler makkelijker eenvoudiger "
        "duidelijker langer uitgebreider gewoon gewone gewonemensentaal mensentaal taal samengevat "
        "samenvatten samenvatting keer opnieuw herhaal zin herkenbaar bekend klopt zeker echt uitleg "
        "uitleggen snap begrijp bedoel bedoelde bedoelt sorry weer kloppen zo alleen enige daartussenin "
        "onder elkaar dus toch wel niet juist maar graag ah oh hoor nou naast tegenover net precies idem te"
    )
)


def without_opening(text: str) -> str:
    """Return a turn without thanks, asides and 'en' in front; as it is when nothing is left."""
    rest = POLITE.sub("", _OPENS.sub("", POLITE.sub("", text.strip())))
    first, gap, question = rest.partition(". ")
    polite = bool(POLITE.match(text.strip()))
    aside = len(first.split()) <= (WEAK_WORDS if polite else ASIDE_WORDS) and not _WANTS.search(folded(first))
    if gap and "?" in question and aside:
        rest = POLITE.sub("", question)
    return rest[:1].upper() + rest[1:] if words(rest) or len(rest.split()) > 1 else text.strip()


def opens_subject(text: str) -> bool:
    """Return whether a turn says that it is about something else than the turns before it."""
    return bool(_OPENS.match(POLITE.sub("", text.strip())) or _OPENS.match(text.strip()))


def asks(text: str) -> bool:
    """Return whether a turn asks something, and does not only tell or react."""
    plain = folded(text).strip()
    return "?" in text or bool(_ASKS.match(plain) or _ASKS.match(POLITE.sub("", plain)))


def asks_open(text: str) -> bool:
    """Return whether a turn has a word that asks for more than ja or nee."""
    return bool(_OPEN.search(folded(text)))


def goes_on(text: str) -> bool:
    """Return whether a turn opens as one that goes on: `En bij een X?`."""
    plain = folded(text).strip()
    return any(_CONTINUES.match(opening.sub("", plain)) for opening in (_THANKED, POLITE))


def points_back(text: str) -> bool:
    """Return whether a turn leans on earlier ones by its form: it goes on, asks for more or has a pronoun."""
    return goes_on(text) or bool(_MORE.search(folded(text))) or has_pointer(text)


def asks_shorter(text: str) -> bool:
    """Return whether a turn asks for the same in fewer words: `Te lang, korter graag`."""
    return bool(_SHORTER.search(folded(text))) and len(text.split()) <= STRONG_WORDS


def asks_plainer(text: str) -> bool:
    """Return whether a turn asks for the same in plain words: `Kan dat in gewone taal?`."""
    return bool(_PLAINER.search(folded(text))) and len(text.split()) <= STRONG_WORDS


def corrects(text: str) -> bool:
    """Return whether a turn only says what the one before it meant: `Sorry, ik bedoelde een CoP.`."""
    return bool(_MEANS.search(folded(text))) and "?" not in text


def compares(text: str) -> bool:
    """Return whether a turn sets what it names beside something else: `waarin verschilt dat van een CoP?`."""
    return bool(_COMPARES.search(folded(text)))


def means_both(text: str) -> bool:
    """Return whether a turn is about the two things before it: `welke van die twee duurt het langst?`."""
    return bool(_BOTH.search(folded(text)))


def is_fragment(text: str) -> bool:
    """Return whether a turn is too short to be a question of its own."""
    return len(text.split()) <= FRAGMENT_WORDS


def is_bare(index: Index, text: str) -> bool:
    """Return whether a turn has no subject of its own: 'waarom?', 'kan dat korter?'."""
    text = without_remark(without_opening(text))
    says = re.search(r"\w", text) is not None
    return says and not (own_words(index, text) or mentions(text, (), index.aspects.values()).aspects)


def without_remark(text: str) -> str:
    """Return a turn without a remark of a few words behind its question: `Waarom? Mijn baas vraagt het.`."""
    question, mark, rest = text.rpartition("?")
    return f"{question}{mark}" if mark and len(rest.split()) <= WEAK_WORDS else text


def stands_alone(index: Index, made: str, asked: str) -> bool:
    """Return whether a standalone question is the turn without its opening, and leans on nothing."""
    opened = without_opening(asked)
    return made in {opened, without_remark(opened)} and not (points_back(made) or is_bare(index, made))


def own_words(index: Index, text: str) -> set[str]:
    """Return the stems of a turn that are neither names of practices nor words that only ask to go on."""
    return set(words(text)) - set(words(" ".join(names_of(index.practices)))) - _BARE


def points_firmly(text: str) -> bool:
    """Return whether a turn can hardly be about anything but what came before: `Met hoeveel doe je zoiets?`.

    In a long turn the first phrase tells: `Hoe lang duurt dat gemiddeld, en is het overal hetzelfde getal?`;
    in a long phrase how it begins: `Zaten daar ook verenigingen van ouders bij?`
    """
    phrase = re.split(r"[,;:.?!]", POLITE.sub("", folded(text).strip()), maxsplit=1)[0]
    if points_back(text) and len(text.split()) <= FIRM_WORDS:
        return True
    early = phrase if len(phrase.split()) <= WEAK_WORDS else " ".join(phrase.split()[:EARLY_WORDS])
    return bool(_ASKS_OF_IT.match(phrase) or _POINTERS.search(early))


def has_pronoun(text: str) -> bool:
    """Return whether a turn of any length has a pronoun or a word that points back."""
    plain = folded(text)
    return bool(_PRONOUNS.search(plain) or _POINTERS.search(plain))


def has_pointer(text: str) -> bool:
    """Return whether a word points back: 'daarvoor' in any but a long turn, a pronoun in a short one."""
    plain = folded(text)
    length = len(plain.split())
    return bool(_POINTERS.search(plain) and length <= STRONG_WORDS) or bool(
        _PRONOUNS.search(plain) and length <= WEAK_WORDS
    )


def topic_words(index: Index, text: str) -> tuple[str, ...]:
    """Return the content words of a turn as written, without the names of practices; none for a situation.

    Of a long turn they are those of the sentence that asks.
    """
    named = " ".join(names_of(index.practices))
    names, spelled = set(words(named)), set(folded(named).split())
    for part in (text, *_ASKING.findall(text)[-1:]):
        found = [
            word
            for word in _WORD.findall(part)
            if set(words(word)) - names - _FILLERS and not _misspells(word, spelled)
        ]
        if len(found) <= MOST_TOPIC_WORDS:
            return tuple(dict.fromkeys(found))
    return ()


def with_practices(index: Index, text: str, practices: Iterable[str]) -> str:
    """Return a turn in which these practices are named in place of the last one that it names."""
    labels = " en ".join(practice.label for practice in index.practices if practice.id in set(practices))
    found = list(name_pattern(index.practices).finditer(text))
    if not found:
        return f"{text} ({labels})"
    return f"{text[: found[-1].start('name')]}{labels}{text[found[-1].end('name') :]}"


def only_names(index: Index, text: str) -> bool:
    """Return whether a turn says nothing but the names of practices."""
    return not own_words(index, text)


def _misspells(word: str, names: Iterable[str]) -> bool:
    """Return whether a word is one of these names with a spelling error."""
    plain = folded(word)
    return len(plain) >= SHORTEST_MISSPELLED and any(
        fuzz.ratio(plain, name) >= SPELLING_RATIO for name in names
    )
