"""Two practices side by side: on the criterion that is asked, or on all that the text compares them on."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.answer.quotes import Found, item, sentences_of_block, subject_of
from assistant.types import Passage, Sentence
from ingest.text.mentions import mentions, name_pattern
from ingest.text.sentences import is_item, without_marker
from ingest.text.tokens import stored_words, words
from ingest.types import Practice

# A block that compares on the criterion that is asked may score so much less than the best.
CRITERION_GAP = 1.5
MOST_CRITERIA = 3


def compared(found: Found) -> list[Sentence]:
    """Return the items about each of the named practices, of the blocks that compare on what is asked.

    Those are near the best, and their title has a word of the question that no other one has (`Vergelijking –
    Duur`), at most three; else it is the first of the best section that has such items. None where no
    criterion is asked and a block is about all that are named.
    """
    if len(found.query.mentions.practices) < 2 or not found.blocks or of_all_named(found):
        return []
    wanted = _wanted(found)
    best = found.blocks[0]
    close = [p for p in found.blocks if p.score >= best.score - CRITERION_GAP]
    near = {passage: items for passage in close if (items := _items_of_named(found, passage))}
    titles = {passage: set(stored_words(passage.section.title)) for passage in near}
    common = Counter(word for title in titles.values() for word in title)
    asked = [p for p in near if any(common[word] == 1 for word in titles[p] & wanted)][:MOST_CRITERIA]
    if asked:
        return [one for passage in asked for one in near[passage]]
    own = (p for p in found.blocks if p.section.section_id == best.section.section_id)
    return next((items for passage in own if (items := _items_of_named(found, passage))), [])


def of_all_named(found: Found) -> Passage | None:
    """Return the block whose title names all practices of a comparison that asks for no criterion.

    It is near the best. After `Verschil tussen X en Y?` it is the list of their differences.
    """
    asked = set(found.query.mentions.practices)
    if len(asked) < 2 or not found.blocks or _asks_criterion(found):
        return None
    practices = tuple(found.index.practices)
    near = (p for p in found.blocks if p.score >= found.blocks[0].score - CRITERION_GAP)
    return next((p for p in near if asked <= set(_named(p.section.title, practices))), None)


def on_criteria(found: Found, passage: Passage, items: Sequence[Sentence], lead: float) -> list[Sentence]:
    """Return the items of a comparison about what is asked: `Verschillen ze in looptijd?` → `Duur: …`."""
    if len(found.query.mentions.practices) < 2 or not _asks_criterion(found):
        return []
    wanted = _wanted(found) - subject_of(passage)
    meant: Sequence[Sentence] = [s for s in items if set(stored_words(without_marker(s.text))[:1]) & wanted]
    if not meant and items[0].score >= lead:
        meant = items[:1]
    return [item(s) for s in sorted(meant, key=lambda s: s.span.start)]


def of_asked(found: Found, items: Sequence[Sentence]) -> list[Sentence]:
    """Return the items of a comparison about a practice that is asked, if there are any; else all."""
    asked = set(found.query.mentions.practices)
    about = _about(found, items)
    own = [one for one in items if asked & set(about[one])]
    return own if own and all(about.values()) else list(items)


def _wanted(found: Found) -> set[str]:
    """Return the words of a question and of the aspects that it names, without the names of practices."""
    aspects = " ".join(f"{one} {found.index.aspects[one].label}" for one in found.query.mentions.aspects)
    text = name_pattern(found.index.practices).sub(" ", found.query.text)
    return set(words(f"{text} {aspects}"))


def _asks_criterion(found: Found) -> bool:
    """Return whether a comparison asks for more than `the difference`, by what is left of its words."""
    aspects = [found.index.aspects[one] for one in found.query.mentions.aspects]
    compares = words(" ".join(cue for aspect in aspects for cue in (*aspect.cues, aspect.label)))
    return not _wanted(found) <= set(compares)


def _items_of_named(found: Found, passage: Passage) -> list[Sentence]:
    """Return the items about the practices of a comparison, where each item opens with a practice's name."""
    items = [s for s in sentences_of_block(found.index, passage) if is_item(s.text)]
    asked = found.query.mentions.practices
    about = _about(found, items)
    own = [s for s, practices in about.items() if len(practices) == 1 and practices[0] in asked]
    chosen = own if len({about[s] for s in own}) == len(asked) == len(own) else []
    return [item(sentence) for sentence in sorted(chosen, key=lambda s: s.span.start)]


def _about(found: Found, items: Sequence[Sentence]) -> dict[Sentence, tuple[str, ...]]:
    """Return the practices that each item opens with: `Coaching: een jaar of langer` opens with coaching."""
    practices = tuple(found.index.practices)
    return {s: _named(without_marker(s.text).split(":")[0], practices) for s in items}


@lru_cache(maxsize=4_096)
def _named(opening: str, practices: tuple[Practice, ...]) -> tuple[str, ...]:
    """Return the practices that a text of the index names; kept, as it is read again and again."""
    return mentions(opening, practices, ()).practices
