"""How much of a block is shown: the list or the item that is meant, and what follows the best sentence."""

from collections.abc import Sequence

from assistant.answer.quotes import Found
from assistant.retrieval.decision import Decision
from assistant.types import Sentence
from ingest.learning.examples import ASKS_WHOLE, WHOLE
from ingest.text.sentences import is_item

# `python -m evals fit`, on the dev questions whose first block is a list: left out of the fit, 13% of those
# that need all of it get an item (half of these ask for one item), 4% of the others the whole list. By the
# classifier alone that was 18% and 23%.
WHOLE_LIST = Decision(-0.21, {"asked": 0.39, "ahead": -3.31, "alone": -2.17}, 0.39)
# By the same command, on the sentences after the best one of a paragraph: of those that add an asked fact 16%
# are left out, of the others 50%.
FOLLOWS = Decision(-0.69, {"behind": -1.19, "score": 1.27, "place": -0.59, "shown": -1.11}, 0.18)
MOST_SHOWN = 25  # More words than this say no more clearly that enough was said.


def shows_whole(found: Found, block: Sequence[Sentence]) -> bool:
    """Return whether all items of a block are shown: no single one comes nearer than the line above them."""
    if WHOLE not in found.index.classifiers:
        return True
    return WHOLE_LIST.holds(list_evidence(found, block))


def list_evidence(found: Found, block: Sequence[Sentence]) -> dict[str, float]:
    """Return what tells whether a question is for all items of a block.

    `asked` is how likely its words make that, as the example questions taught; `ahead` how much further the
    best item scores than what is not an item; `alone` how much further than the next item.
    """
    classifier, query = found.index.classifiers[WHOLE], found.query
    items = sorted((s.score for s in block if is_item(s.text)), reverse=True)
    others = [s.score for s in block if not is_item(s.text)]
    return {
        "asked": classifier.probabilities(query.text, query.vector)[ASKS_WHOLE],
        "ahead": items[0] - max(others, default=0.0),
        "alone": items[0] - items[1] if len(items) > 1 else 0.0,
    }


def follows(best: Sentence, sentence: Sentence, place: int, shown: int) -> bool:
    """Return whether a sentence is shown after the best one; `place` is 0 for the one right after it.

    `shown` is how many words are shown before it.
    """
    return FOLLOWS.holds(following_evidence(best, sentence, place, shown))


def following_evidence(best: Sentence, sentence: Sentence, place: int, shown: int) -> dict[str, float]:
    """Return what tells whether a sentence after the best one of a paragraph adds what is asked."""
    return {
        "behind": best.score - sentence.score,
        "score": sentence.score,
        "place": float(place),
        "shown": min(shown, MOST_SHOWN) / 10,
    }
