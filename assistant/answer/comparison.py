"""Two practices side by side: on the criterion that is asked, or on all that the text compares them on."""

from collections.abc import Sequence

from assistant.answer.quotes import OWN_BLOCK_GAP, Found, item, sentences_of_block, subject_of
from assistant.types import Passage, Sentence
from ingest.text.mentions import mentions
from ingest.text.sentences import is_item, without_marker
from ingest.text.tokens import stored_words, words


def compared(found: Found) -> list[Sentence]:
    """Return the items about each of the named practices, of the block that compares on what is asked.

    That is a block near the best whose title names the criterion (`Vergelijking – Duur`), else the first of
    the best section that has such items.
    """
    if len(found.query.mentions.practices) < 2 or not found.blocks:
        return []
    wanted = _wanted(found)
    best = found.blocks[0]
    near = [p for p in found.blocks if p.score >= best.score - OWN_BLOCK_GAP]
    asked = [p for p in near if set(stored_words(p.section.title)[-1:]) & wanted]
    own = [p for p in found.blocks if p.section.section_id == best.section.section_id]
    for passage in (*asked, *own):
        items = _of_named(found, [s for s in sentences_of_block(found, passage) if is_item(s.text)])
        if items:
            return items
    return []


def on_criteria(found: Found, passage: Passage, items: Sequence[Sentence], lead: float) -> list[Sentence]:
    """Return the items of a comparison about what is asked: `Verschillen ze in looptijd?` → `Duur: …`."""
    if len(found.query.mentions.practices) < 2:
        return []
    wanted = _wanted(found) - subject_of(passage)
    meant: Sequence[Sentence] = [s for s in items if set(stored_words(without_marker(s.text))[:1]) & wanted]
    if not meant and items[0].score >= lead:
        meant = items[:1]
    return [item(s) for s in sorted(meant, key=lambda s: s.span.start)]


def _wanted(found: Found) -> set[str]:
    """Return the words of a question and of the aspects that it names."""
    aspects = " ".join(f"{one} {found.index.aspects[one].label}" for one in found.query.mentions.aspects)
    return set(words(f"{found.query.text} {aspects}"))


def _of_named(found: Found, items: Sequence[Sentence]) -> list[Sentence]:
    """Return the items about the practices of a comparison, where each item opens with a practice's name."""
    asked = found.query.mentions.practices
    about = {
        s: mentions(without_marker(s.text).split(":")[0], found.index.practices, ()).practices for s in items
    }
    own = [s for s, practices in about.items() if len(practices) == 1 and practices[0] in asked]
    chosen = own if len({about[s] for s in own}) == len(asked) == len(own) else []
    return [item(sentence) for sentence in sorted(chosen, key=lambda s: s.span.start)]
