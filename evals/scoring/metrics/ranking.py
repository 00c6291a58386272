"""How high the sections that answer are in a ranking of sections, by ir-measures.

The relevant items of a question are its section prefixes, not the files under them: when a subject is
spread over `steps` and `steps-2`, finding one of the two is enough, and the prefix counts as one item. A
later section under the same prefix keeps its place in the ranking and counts as not relevant, so that it
never raises a figure.

`section_at_k` is 1 when at least one item is among the first k (Success@k), which fits labels that say
that any of the sections answers; recall counts each of the items.
"""

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, ScoredDoc, Success, nDCG

MOST_RANKED = 10
_MEASURES = {
    "section_at_5": Success @ 5,
    "recall_at_5": R @ 5,
    "recall_at_10": R @ 10,
    "ndcg_at_5": nDCG @ 5,
    "reciprocal_rank": RR @ MOST_RANKED,
}


def ranking_scores(
    relevant: Mapping[str, Sequence[str]], ranked: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Return the scores of each question: its relevant prefixes against its section ids, best first."""
    labels = [ir_measures.Qrel(id_, prefix, 1) for id_, prefixes in relevant.items() for prefix in prefixes]
    run = [
        ScoredDoc(id_, item, -float(rank))
        for id_ in relevant
        for rank, item in enumerate(ranked_items(ranked.get(id_, ()), relevant[id_]))
    ]
    scores: dict[str, dict[str, float]] = {id_: dict.fromkeys(_MEASURES, 0.0) for id_ in relevant}
    names = {measure: name for name, measure in _MEASURES.items()}
    for found in ir_measures.iter_calc(list(names), labels, run):
        scores[found.query_id][names[found.measure]] = float(found.value)
    return scores


def ranked_items(section_ids: Iterable[str], prefixes: Sequence[str]) -> list[str]:
    """Return the ranking with the first section under each prefix named by that prefix."""
    items: list[str] = []
    for section_id in section_ids:
        prefix = next((prefix for prefix in prefixes if section_id.startswith(prefix)), None)
        items.append(section_id if prefix is None or prefix in items else prefix)
    return [item if items.index(item) == place else f"{item}#{place}" for place, item in enumerate(items)]
