"""The yes/no questions of a corpus as examples of their verdicts."""

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.cache import Vectors
from ingest.learning.network import Networks, learn_networks
from ingest.learning.training import Examples
from ingest.learning.verdicts import asked_of, evidence
from ingest.types import Corpus

# One network in five starts worse than the others; their mean does not. More epochs learn the writers by heart.
MEMBERS, UNITS, EPOCHS, DECAY = 5, 64, 12, 1.0


def verdict_examples(
    corpus: Corpus, vectors: Vectors, sentences: Vectors, of_variants: NDArray[np.int64]
) -> Examples:
    """Return the yes/no questions with their verdict, each with the evidence that the others give.

    `vectors` are those of the variants, `sentences` those of all sentences; `of_variants` numbers each one's.
    """
    rows = [row for row, variant in enumerate(corpus.variants) if variant.verdict]
    beside: dict[int, list[int]] = {}
    for row in rows:
        beside.setdefault(int(of_variants[row]), []).append(row)
    texts = {section.section_id: section.text for section in corpus.sections}
    told = [
        evidence(
            corpus.variants[row].text,
            vectors[row],
            texts[corpus.variants[row].section_id][corpus.variants[row].start : corpus.variants[row].end],
            sentences[of_variants[row]],
            asked_of(
                corpus.variants, vectors, vectors[row], (o for o in beside[int(of_variants[row])] if o != row)
            ),
        )
        for row in rows
    ]
    return Examples(
        [corpus.variants[row].text for row in rows],
        np.asarray(told, dtype=np.float32).reshape(len(rows), len(told[0]) if told else 0),
        [str(corpus.variants[row].verdict) for row in rows],
        [corpus.variants[row].section_id for row in rows],
        np.ones(len(rows)),
    )


def learn_verdicts(examples: Examples) -> Networks:
    """Return what settles a yes/no question, learnt from those of a corpus."""
    return learn_networks(examples.embeddings, examples.labels, MEMBERS, UNITS, EPOCHS, DECAY)
