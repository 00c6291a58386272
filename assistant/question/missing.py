"""Names, years and things that are asked about and that the text never mentions."""

import re
from collections.abc import Mapping

from ingest.index.open import Index
from ingest.text.mentions import mentions
from ingest.text.tokens import words

SHORTEST_NOUN = 5  # Letters; a shorter word is seldom what a question is about.
MOST_NOUNS = 2

COMMON = 0.125  # A name that this share of the sections has is what the whole text is about.
SHORTEST_ROOT = 5  # Letters that a name shares with a word of the text it is made of: `Meppelse`, `Meppel`.

_ADJECTIVE = "se"  # Of a place: `Bredase`.
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")
_CLAUSE = re.compile(r"[.?!;:]\s+|,\s+|\n+|\s+[-–]\s+")
_OWN = re.compile(r"\b(ik|wij|we|ons|onze|mijn|mij|me|wijzelf|m'n|onszelf)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:['’./&-][^\W_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTICIPLE = re.compile(r"ge\w+(?:t|d|en)")  # 'Hoeveel heeft dat gekost?' asks for no thing.
_AUXILIARY = re.compile(r"\b(heeft|hebben|heb|had|is|zijn|was|werd|werden|wordt|worden)\b", re.IGNORECASE)
_LINKS = frozenset("van de der den von en 't in het te".split())
_BEFORE_NOUN = frozenset(
    "een de het geen welk welke wat hoeveel zo'n dit dat deze die voor van over met zonder via naar als "
    "qua tegen bij om aan door op".split()
)


def missing_names(index: Index, text: str) -> tuple[str, ...]:
    """Return the names and years that a question asks about and the text never mentions, in order.

    `Hoeveel mensen deden mee in Almelo?` → `Almelo`. What a visitor says of themselves ('wij in Almelo') is
    not asked about.
    """
    found = []
    for clause in _clauses(_asking(text)):
        if not _OWN.search(clause):
            found += [name for name in _names(clause) if not _known(index, name)]
    nouns = [name for name in found if not name.endswith(_ADJECTIVE)]
    return tuple(dict.fromkeys(nouns or found))


def names_asked(text: str) -> list[str]:
    """Return the names and years that a question asks about, in order."""
    return [name for clause in _clauses(_asking(text)) for name in _names(clause)]


def is_common(index: Index, name: str) -> bool:
    """Return whether much of the text has a name, as that of its publisher."""
    texts = [section.text for section in index.sections.values()]
    whole = name.partition("-")[0]  # `Movisie-brochure`
    return sum(whole in text for text in texts) >= COMMON * len(texts)


def is_name(index: Index, word: str) -> bool:
    """Return whether the text writes a word with a capital within a sentence: `Meppel`, and not `Sinds`."""
    within = re.compile(rf"[\w,;(] {re.escape(word)}\b")
    return any(within.search(section.text) for section in index.sections.values())


def missing_nouns(index: Index, text: str) -> tuple[str, ...]:
    """Return words that name a thing and that the text never uses, in order, at most two.

    `Is er een keurmerk voor begeleiders?` → `keurmerk`
    """
    found = []
    for clause in _clauses(text):
        tokens = [match[0] for match in _TOKEN.finditer(clause)]
        for place, token in enumerate(tokens):
            after = tokens[place + 1] if place + 1 < len(tokens) else ""
            before = tokens[place - 1].lower() if place else ""
            if (
                len(token) >= SHORTEST_NOUN
                and token.islower()
                and before in _BEFORE_NOUN
                and not (_PARTICIPLE.fullmatch(token) and _AUXILIARY.search(clause))
                and not words(after)
                and not _known(index, token)
            ):
                found.append(token)
    return tuple(dict.fromkeys(found))[:MOST_NOUNS]


def _asking(text: str) -> str:
    """Return the sentences that end in a question mark, or the whole text when none does."""
    asking = [sentence for sentence in _SENTENCE.split(text) if sentence.rstrip("'\"”’)").endswith("?")]
    return " ".join(asking) or text


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(text) if clause.strip()]


def _names(clause: str) -> list[str]:
    """Return the runs of words with a capital inside a clause, and the years: `de wijk Haagse Beemden`."""
    names: list[list[str]] = []
    links: list[str] = []
    running = False
    for place, match in enumerate(_TOKEN.finditer(clause)):
        token = match[0]
        if _YEAR.fullmatch(token):
            names.append([token])
            running = False
        elif token[0].isupper() and (place or (token.isupper() and len(token) > 1)):
            if running:
                names[-1] += [*links, token]
            else:
                names.append([token])
            running, links = True, []
        elif running and token in _LINKS and len(links) < len(_LINKS):
            links.append(token)
        else:
            running, links = False, []
    return [" ".join(name) for name in names]


def _known(index: Index, name: str) -> bool:
    """Return whether the text uses every word of a name, or what it is made of, or it names a practice."""
    if mentions(name, index.practices, ()).practices:
        return True
    vocabulary = index.bm25.vocab_dict
    return all(stem in vocabulary or _has_root(vocabulary, stem) for stem in words(name))


def _has_root(vocabulary: Mapping[str, int], stem: str) -> bool:
    """Return whether a word of the text begins the stem: `Windesheimgroep` is made of `Windesheim`."""
    return any(stem[:end] in vocabulary for end in range(SHORTEST_ROOT, len(stem)))
