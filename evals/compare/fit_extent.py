"""The evidence for how much of a block is shown, and whether the asked facts need it."""

from collections.abc import Iterator, Sequence

from assistant.answer.extent import following_evidence, list_evidence
from assistant.answer.plan import PARAGRAPH_WORDS, first_block
from assistant.answer.quotes import Found, scored_sentences
from assistant.chain import Assistant
from assistant.types import Sentence
from evals.questions.types import ReferenceQuestion
from evals.scoring.metrics.facts import all_facts, groups_found
from ingest.learning.examples import WHOLE
from ingest.text.sentences import is_item

Observed = tuple[dict[str, float], bool]  # The evidence by name, and whether more is wanted.
Block = tuple[ReferenceQuestion, Found, list[Sentence]]
NEAR_ITEMS = 2  # So many items may be shown without the rest of their list.


def first_blocks(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Iterator[Block]:
    """Yield the questions for facts, each with what is found and the sentences of the block shown first."""
    for one in questions:
        if one.task != "knowledge" or one.history or not (one.facts or one.expect):
            continue
        query = assistant.retriever.query(one.question)
        blocks = tuple(assistant.retriever.search_blocks(query))
        found = Found(assistant.index, query, blocks, None, blocks)
        if blocks:
            yield one, found, scored_sentences(found, first_block(found))


def whole_lists(asked: Sequence[Block]) -> Iterator[Observed]:
    """Yield the evidence for each list that holds the asked facts; wanted where its best items lack some."""
    for question, found, block in asked:
        items = sorted((s for s in block if is_item(s.text)), key=lambda s: -s.score)
        if not items or WHOLE not in found.index.classifiers:
            continue
        whole = "\n".join(sentence.text for sentence in block)
        best = "\n".join(one.text for one in items[:NEAR_ITEMS])
        if all_facts(question, whole) and (question.asks_list or not all_facts(question, best)):
            yield list_evidence(found, block), True
        elif all_facts(question, items[0].text):
            yield list_evidence(found, block), False


def next_sentences(asked: Sequence[Block]) -> Iterator[Observed]:
    """Yield the evidence for what follows the best sentence of a paragraph; wanted where it adds a fact."""
    for question, _, block in asked:
        if any(is_item(sentence.text) for sentence in block):
            continue
        best = max(block, key=lambda sentence: sentence.score)
        shown = best.text
        for place, sentence in enumerate(block[block.index(best) + 1 :]):
            if len(f"{shown} {sentence.text}".split()) > PARAGRAPH_WORDS:
                break
            held = groups_found(question, shown)
            added = groups_found(question, sentence.text)
            adds = any(new and not old for new, old in zip(added, held, strict=True))
            yield following_evidence(best, sentence, place, len(shown.split())), adds
            shown = f"{shown}\n{sentence.text}"
