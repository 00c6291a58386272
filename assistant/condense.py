"""A follow-up becomes a standalone question, by rules: what it leaves out is taken from earlier turns."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant import texts
from ingest.index import Index
from ingest.lexical import folded, words
from ingest.mention import mentions

WEAK_WORDS = 8  # Up to this length a pronoun points back; in a longer question it mostly points inside.
FEW_WORDS = 1  # A follow-up with at most so many content words repeats the one before.
STRONG_WORDS = 16  # Up to this length 'daarvoor' and the like point back.
_STRONG = re.compile(
    r"\b(daar|daarvoor|daarvan|daarmee|daarbij|daarin|daaraan|daarna|daarover|hiervoor|hiermee|hierbij|hierin|"
    r"ervoor|ermee|erbij|eraan|ervan|erin|zoiets|zo'?n|beide|allebei)\b"
)
_WEAK = re.compile(r"\b(dat|dit|die|deze|het|hij|zij|ze|hem|haar|er|dan)\b")
_CONTINUES = re.compile(
    r"^(en|maar|of|dus|ook|oke|ok|ah|ja|nee|want|hoezo|waarom dan|wat dan|hoe dan)\b[ ,.!]*"
)
_SECOND = re.compile(
    r"\b(de|nummer|optie|keuze|mogelijkheid) (tweede|2e|2|twee|andere)\b|\btweede (keus|keuze|optie|type)\b"
)

RankPractices = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Condensed:
    """A standalone question, and the practices whose option was chosen after a question back."""

    text: str
    chosen: tuple[str, ...] = ()


def condense(index: Index, question: str, history: Sequence[str], rank: RankPractices) -> Condensed:
    """Fold the visitor's earlier turns into a question that leans on them; return another one as it is.

    `rank` gives the practices for a turn that asks advice, best first, and nothing for another turn.
    """
    last = next((turn for turn in reversed(history) if not favoured(index, turn)), None)
    if last is not None and favoured(index, question):
        chosen = tuple(practice for turn in (*history, question) for practice in favoured(index, turn))
        return Condensed(f"{last} {question}", chosen)
    if last is None or not leans_on_history(question):
        return Condensed(question)
    own = mentions(question, index.practices, ()).practices
    if own:
        return Condensed(_same_question(index, question, last, own))
    return Condensed(_completed(index, question, last, _subject(index, question, history, rank)))


def favoured(index: Index, text: str) -> list[str]:
    """Return the practice that a turn chose, when the turn is an option of a question back."""
    return [
        practice
        for choice in index.choices
        for practice, option in choice.options.items()
        if option == text.strip()
    ]


def leans_on_history(question: str) -> bool:
    """Tell whether a question needs earlier turns: it opens as a continuation or points back."""
    plain = folded(question).strip()
    length = len(plain.split())
    if _CONTINUES.match(plain) or _SECOND.search(plain):
        return True
    return bool(_STRONG.search(plain) and length <= STRONG_WORDS) or bool(
        _WEAK.search(plain) and length <= WEAK_WORDS
    )


def _completed(index: Index, question: str, last: str, subject: str) -> str:
    """Return the follow-up with the practice under discussion, and the last question if it says little."""
    bare = _CONTINUES.sub("", question.strip(), count=1) if _CONTINUES.match(folded(question)) else question
    if subject and _SECOND.search(folded(bare)):
        return texts.ABOUT.format(label=subject)
    aspects = mentions(bare, (), index.aspects.values()).aspects
    if not subject or (not aspects and len(set(words(bare))) <= FEW_WORDS):
        bare = f"{last} {bare}"
    return f"{bare} ({subject})" if subject else bare


def _same_question(index: Index, question: str, earlier: str, own: Sequence[str]) -> str:
    """Return the earlier question about another practice, when the follow-up only names that practice."""
    labels = [practice.label for practice in index.practices if practice.id in own]
    named = {
        word
        for p in index.practices
        if p.id in own
        for alias in (p.label, *p.aliases)
        for word in words(alias)
    }
    if set(words(question)) - named:
        return question
    return f"{_without_practices(index, earlier)} ({', '.join(labels)})"


def _without_practices(index: Index, text: str) -> str:
    aliases = sorted((a for p in index.practices for a in (p.label, *p.aliases)), key=len, reverse=True)
    pattern = "|".join(rf"\b{re.escape(alias)}\b" for alias in aliases)
    return re.sub(rf"\s*\b(een|de|het)?\s*({pattern})", "", text, flags=re.IGNORECASE).strip()


def _subject(index: Index, question: str, history: Sequence[str], rank: RankPractices) -> str:
    """Return the label of the practice under discussion, or an empty text when no turn gives one."""
    labels = {practice.id: practice.label for practice in index.practices}
    place = 1 if _SECOND.search(folded(question)) else 0
    for turn in reversed(history):
        named = (
            tuple(favoured(index, turn)) or mentions(turn, index.practices, ()).practices or tuple(rank(turn))
        )
        if named:
            return labels[named[min(place, len(named) - 1)]]
    return ""
