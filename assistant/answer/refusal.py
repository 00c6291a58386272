"""What a refusal says: what is missing with the nearest fact, or one short line with a question to ask."""

import re
from collections.abc import Sequence

from assistant import texts
from assistant.answer.named import holds_name, of_asked_name
from assistant.answer.plan import leading
from assistant.answer.quotes import Found, item, joined, scored_sentences
from assistant.retrieval.coverage import is_far
from assistant.types import Claim, Passage, Sentence
from ingest.index.open import Index
from ingest.text.sentences import is_item
from ingest.text.tokens import folded

_ASKS_COSTS = re.compile(
    r"\b(ge)?kost(en|te|ten)?\b|\b(betaal\w*|betalen|prijs|\w*tarief|bedrag|euro|duur is|hoe duur|begroting"
    r"|budget|salaris|\w*kosten)\b"
)
_ON_COSTS = re.compile(r"\b(geld|euro|investering|financier\w*|\w*budget|kost|betaalt?)\b")


def nearest_fact(found: Found, missing: Sequence[str]) -> tuple[Claim, ...]:
    """Return a line that names what the text lacks, with the nearest fact; nothing for a far question.

    A list is near only when its practice is named.
    """
    if not found.blocks or (is_far(found.index, found.passages) and not found.query.mentions.practices):
        return ()
    named = of_asked_name(found)
    told = None if named or holds_name(found, found.blocks[0]) else _on_costs(found)
    passage, near = told or (named or found.blocks[0], None)
    block = scored_sentences(found, passage)
    best = near or max(block, key=lambda sentence: sentence.score)
    quote = item(best) if is_item(best.text) else joined([*leading(found, best, block), best])
    if quote.text.endswith(":"):  # It says nothing without the list that it leads to.
        if not found.query.mentions.practices:
            return ()
        quote = joined(block)
    lacks = texts.MISSING.format(names=texts.listed(missing)) if missing else texts.NOT_THERE
    return Claim(f"{lacks} {texts.NEAREST}"), Claim(quote.text, quote)


def denying(found: Found, denial: Sentence) -> tuple[Claim, ...]:
    """Return a line that says that something is not so, with the sentence that says what is."""
    own = (p for p in found.blocks if p.chunk.chunk_id == denial.chunk_id)
    block = [sentence for passage in own for sentence in scored_sentences(found, passage)]
    said = next((sentence for sentence in block if sentence.number == denial.number), denial)
    block = block if said in block else [said]
    if is_item(said.text):
        quote = item(said)
    elif said.text.endswith(":"):  # It says nothing without the list that it leads to.
        quote = joined(block)
    else:
        after = block[block.index(said) + 1 :][:1]
        quote = joined([*leading(found, said, block), said, *(s for s in after if not is_item(s.text))])
    return Claim(texts.DENIED), Claim(quote.text, quote)


def _on_costs(found: Found) -> tuple[Passage, Sentence] | None:
    """Return what comes nearest to a question for costs: a sentence on money or effort of its practice."""
    if not _ASKS_COSTS.search(folded(found.query.text)):
        return None
    for passage in found.blocks:
        if passage.section.practice in found.query.mentions.practices:
            told = [s for s in scored_sentences(found, passage) if _ON_COSTS.search(folded(s.text))]
            if told:
                return passage, max(told, key=lambda sentence: sentence.score)
    return None


def refusal(index: Index) -> str:
    """Return the short line for a question about something else, with a question that can be asked."""
    example = [texts.EXAMPLE.format(question=one) for one in index.suggestions[:2][-1:]]
    return " ".join(filter(None, (texts.told(texts.REFUSAL, index.about), *example, index.about.elsewhere)))
