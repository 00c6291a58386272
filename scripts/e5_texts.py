"""The texts on which a student learns from its teacher: ours, plain Dutch, and random words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path

from wordfreq import top_n_list, zipf_frequency

from ingest.documents.files import load_corpus
from ingest.index.build import chunked
from ingest.text.chunks import embedded_text
from ingest.types import Corpus
from scripts.e5_pairs import DOCUMENTS, TrainingPair, tuned_documents
from scripts.e5_vocabulary import PROMPTS
from scripts.typing_errors import with_errors

SEED = 5
CHUNK_WORDS = (120, 50)
WORDS, FUNCTION_WORDS, SHORTEST_WORD = 40_000, 150, 3
UNIFORM = 0.5  # How often a random word is a rare one as likely as a common one.
SWAPPED = (0.25, 0.4, 0.6)  # Shares of the words of a text that another word replaces.
SWAPPED_QUESTIONS, SWAPPED_SENTENCES, WORD_SALADS, SALAD = 70_000, 30_000, 25_000, (2, 24)
# How often a text is shown beside the others.
QUESTION, MISTYPED, SENTENCE, CHUNK, ABOUT_DOCUMENT, DOCUMENT = 3.0, 2.0, 12.0, 8.0, 6.0, 10.0
PLAIN, SWAP, SALADS = 0.8, 0.6, 0.4
QUERY, PASSAGE = PROMPTS


def shown_texts(folder: Path, pairs: Sequence[TrainingPair], plain: Iterable[str]) -> dict[str, float]:
    """Return texts of a corpus folder, of documents and plain Dutch, and how often to show each.

    Every text has its prompt; one that is neither question nor passage comes with each of both.
    """
    chance = random.Random(SEED)  # noqa: S311 - the choice of training texts is no secret.
    corpus = load_corpus([folder])
    questions, (about, documents) = _questions(corpus, pairs), _about_documents()
    passages, chunks = _passages(corpus)
    word = random_word(chance)
    asked, read = [*questions, *about], [*passages, *documents]
    swaps = (swapped(chance.choice(asked), word, chance) for _ in range(SWAPPED_QUESTIONS))
    more_swaps = (swapped(chance.choice(read), word, chance) for _ in range(SWAPPED_SENTENCES))
    salads = (" ".join(word() for _ in range(chance.randint(*SALAD))) + "." for _ in range(WORD_SALADS))
    either = chain(
        _rated(plain, PLAIN), _rated(swaps, SWAP), _rated(more_swaps, SWAP), _rated(salads, SALADS)
    )
    return dict(
        chain(
            ((prompt + text, share / len(PROMPTS)) for text, share in either for prompt in PROMPTS),
            _rated((QUERY + with_errors(text, chance) for text in questions), MISTYPED),
            _rated((QUERY + with_errors(text, chance) for text in about), ABOUT_DOCUMENT),
            _rated((QUERY + text for text in about), ABOUT_DOCUMENT),
            _rated((QUERY + text for text in questions), QUESTION),
            _rated((PASSAGE + text for text in documents), DOCUMENT),
            _rated((PASSAGE + text for text in chunks), CHUNK),
            _rated((PASSAGE + text for text in passages), SENTENCE),
        )
    )


def swapped(text: str, word: Callable[[], str], chance: random.Random) -> str:
    """Return a text in which random words stand for some of its own, function words aside."""
    function_words, share = set(top_n_list("nl", FUNCTION_WORDS)), chance.choice(SWAPPED)

    def other(own: str) -> str:
        if re.sub(r"\W", "", own.lower()) in function_words or chance.random() > share:
            return own
        return re.sub(r"\w+", lambda found: _like(found[0], word()), own, count=1)

    return " ".join(map(other, text.split(" ")))


def random_word(chance: random.Random) -> Callable[[], str]:
    """Return what gives a random Dutch word: a common one more often, or any with the same likelihood."""
    words = [word for word in top_n_list("nl", WORDS) if len(word) >= SHORTEST_WORD and word.isalpha()]
    likely = list(accumulate(10 ** (zipf_frequency(word, "nl") / 2) for word in words))

    def draw() -> str:
        if chance.random() < UNIFORM:
            return chance.choice(words)
        return chance.choices(words, cum_weights=likely)[0]

    return draw


def _rated(texts: Iterable[str], share: float) -> Iterator[tuple[str, float]]:
    return ((text, share) for text in texts)


def _questions(corpus: Corpus, pairs: Sequence[TrainingPair]) -> list[str]:
    """Return what people ask and tell."""
    own = [pair for pair in pairs if DOCUMENTS not in pair.groups]
    return [
        *(text for pair in own for text in dict.fromkeys([*pair.questions, *pair.named])),
        *(situation.told for situation in corpus.situations),
        *(labelled.text for labelled in corpus.labelled),
        *(one.text for one in corpus.unanswerable),
    ]


def _passages(corpus: Corpus) -> tuple[list[str], list[str]]:
    """Return the sentences of a corpus, and longer pieces: chunks of two sizes, and every two sentences."""
    sections = {section.section_id: section for section in corpus.sections}
    large, small = (chunked(corpus, words) for words in CHUNK_WORDS)
    sentences = [
        sections[chunk.section_id].text[span.start : span.end] for chunk in large for span in chunk.sentences
    ]
    chunks = [embedded_text(sections[chunk.section_id], chunk) for chunk in (*large, *small)]
    return sentences, chunks + [" ".join(two) for two in pairwise(sentences)]


def _about_documents() -> tuple[list[str], list[str]]:
    """Return the questions about the documents of TUNED_ON, and the sentences and chunks of these."""
    documents = tuned_documents()
    questions = [one.question for document in documents for one in document.questions if not one.history]
    read = [_passages(load_corpus([document.path])) for document in documents]
    return questions, [text for sentences, chunks in read for text in (*sentences, *chunks)]


def _like(own: str, other: str) -> str:
    return other.capitalize() if own[:1].isupper() else other
