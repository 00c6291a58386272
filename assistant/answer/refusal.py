"""What a refusal says: what is missing with the nearest fact, or one short line with a question to ask."""

from collections.abc import Sequence

from assistant import texts
from assistant.answer.named import of_asked_name
from assistant.answer.nearest import knows_nearest, nearest_sentence
from assistant.answer.plan import leading
from assistant.answer.quotes import Found, block_of, item, joined, scored_sentences
from assistant.question.missing import missing_nouns
from assistant.retrieval.coverage import is_far
from assistant.types import Claim, Sentence
from ingest.index.open import Index
from ingest.text.sentences import is_item


def nearest_fact(found: Found, missing: Sequence[str]) -> tuple[Claim, ...]:
    """Return a line that names what the text lacks, with the nearest fact; nothing for a far question.

    `missing` are names; another word that the text never uses is named only where no fact is near.
    """
    if not found.blocks:
        return ()
    taught = knows_nearest(found.index)
    far = is_far(found.index, found.passages) and not found.query.mentions.practices
    best = nearest_sentence(found) if taught else None
    if best is None and (taught or far):
        lacked = missing or (() if far else missing_nouns(found.index, found.query.text))
        return () if far and not missing else (Claim(_lacks(lacked)),)
    quote = _fact(found, best)
    return (Claim(f"{_lacks(missing)} {texts.NEAREST}"), Claim(quote.text, quote)) if quote else ()


def _lacks(missing: Sequence[str]) -> str:
    return texts.MISSING.format(names=texts.listed(missing)) if missing else texts.NOT_THERE


def _fact(found: Found, number: int | None) -> Sentence | None:
    """Return what is quoted of the sentence with this number, or of the best one of the best block.

    A list without the name of its practice in the question is not near.
    """
    if number is None:
        block = scored_sentences(found, of_asked_name(found) or found.blocks[0])
        best = max(block, key=lambda sentence: sentence.score)
    else:
        block = block_of(found, number)
        best = next(sentence for sentence in block if sentence.number == number)
    if is_item(best.text):
        return item(best)
    quote = joined([*leading(found, best, block), best])
    if not quote.text.endswith(":"):
        return quote
    return joined(block) if found.query.mentions.practices else None


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


def refusal(index: Index) -> str:
    """Return the short line for a question about something else, with a question that can be asked."""
    example = [texts.EXAMPLE.format(question=one) for one in index.suggestions[:2][-1:]]
    return " ".join(filter(None, (texts.told(texts.REFUSAL, index.about), *example, index.about.elsewhere)))
