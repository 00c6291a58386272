"""The passages that state what a criterion says of a practice, as they are in the index."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from assistant.advice.reading import Sign
from assistant.retrieval.query import Query
from assistant.types import Sentence
from ingest.index.open import Index
from ingest.learning.examples import argues_for
from ingest.types import Criterion, Ground, Span

OTHER_NEARER = 0.2  # Of 80 situations a criterion, the passages taken so are nearly all what was told.


@dataclass(frozen=True, slots=True)
class Grounded:
    """A passage that argues for or against a practice, and the visitor's words that call for it, if any."""

    sentence: Sentence
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """The passages for each criterion and practice, the usual one first; where none fits, that is None."""

    index: Index
    passages: Mapping[tuple[str, str | None], tuple[Sentence, ...]]
    general: Mapping[str, tuple[Sentence, ...]]
    ask: Callable[[str], Query]

    def of(self, sign: Sign, practice: str | None) -> Grounded | None:
        """Return the passage for a sign, or None when the text has none.

        A denied feature has no passage of its own: none states what its absence says.
        """
        found = self.passages.get((sign.criterion.id, practice), ()) if sign.value == "yes" else ()
        return Grounded(found[0], sign) if found else None

    def closest(self, found: Grounded, practice: str, query: Query) -> Grounded:
        """Return a reason with the passage for it that is nearest to what the visitor told and wrote.

        The usual passage stays where no other is nearer by OTHER_NEARER, over both.
        """
        passages = self.passages[found.sign.criterion.id, practice] if found.sign else ()
        if len(passages) < 2 or found.sign is None:
            return found
        vectors = self.index.sentence_vectors[[one.number for one in passages]]
        near = vectors @ (query.vector + self.ask(found.sign.evidence).vector)
        best = int(near.argmax())
        return replace(found, sentence=passages[best]) if near[best] >= near[0] + OTHER_NEARER else found

    def likeliest(self, stated: Mapping[str, float], practice: str) -> tuple[Grounded, ...]:
        """Return the passage of the criterion that is likeliest stated and speaks for a practice."""
        best = max(
            self._speaking(practice),
            key=lambda criterion: criterion.weights[practice] * stated[criterion.id],
            default=None,
        )
        return (Grounded(self.passages[best.id, practice][0]),) if best else ()

    def telling(self, practice: str, other: str) -> Grounded | None:
        """Return the passage of the criterion that sets a practice most apart from another, or None."""
        best = max(
            self._speaking(practice),
            key=lambda one: one.weights[practice] - one.weights.get(other, 0.0),
            default=None,
        )
        return Grounded(self.passages[best.id, practice][0]) if best else None

    def _speaking(self, practice: str) -> list[Criterion]:
        """Return the criteria that speak for a practice and have a passage that says so."""
        return [
            criterion
            for criterion in self.index.criteria
            if _argues_for(criterion, practice) and (criterion.id, practice) in self.passages
        ]

    def nearest(self, query: Query, practice: str) -> tuple[Grounded, ...]:
        """Return the passage that argues for a practice and lies nearest to what was told."""
        pool = self.general.get(practice, ())
        best = max(
            pool,
            key=lambda one: float(self.index.sentence_vectors[one.number] @ query.vector),
            default=None,
        )
        return (Grounded(best),) if best else ()


def grounds_of(index: Index, ask: Callable[[str], Query]) -> Grounds:
    """Return the grounds of an index, made once for it; `ask` embeds what a visitor wrote."""
    passages: dict[tuple[str, str | None], tuple[Sentence, ...]] = {}
    general: dict[str, list[Sentence]] = {practice.id: [] for practice in index.practices}
    for criterion in index.criteria:
        for ground in criterion.grounds:
            sentence = _found(index, ground)
            if sentence is None:
                continue
            key = (criterion.id, ground.practice)
            passages[key] = (*passages.get(key, ()), sentence)
            if ground.practice and _argues_for(criterion, ground.practice):
                general[ground.practice].append(sentence)
    for practice in index.practices:
        general[practice.id] = general[practice.id] or _arguing(index, practice.id)
    return Grounds(index, passages, {practice: tuple(found) for practice, found in general.items()}, ask)


def _argues_for(criterion: Criterion, practice: str) -> bool:
    return criterion.weights.get(practice, 0.0) > 0


def _arguing(index: Index, practice: str) -> list[Sentence]:
    """Return the sentences that argue for a practice, for a text that holds none of its grounds."""
    found = []
    for number, span in enumerate(index.sentence_spans):
        chunk = index.chunks[int(index.sentence_chunks[number])]
        section = index.sections[chunk.section_id]
        aspect = index.aspects.get(section.aspect or "")
        role = aspect.advice if aspect else None
        text = section.text[span.start : span.end]
        if role and argues_for(section, text, role, index.practices)[:1] == (practice,):
            found.append(Sentence(section, chunk.chunk_id, span, 0.0, number))
    return found


def _found(index: Index, ground: Ground) -> Sentence | None:
    """Return where a ground is, or None when its section is not in this index."""
    section = index.sections.get(ground.section)
    start = section.text.find(ground.quote) if section else -1
    if section is None or start < 0:
        return None
    span = Span(start, start + len(ground.quote))
    for row in index.section_chunks[section.section_id]:
        chunk = index.chunks[row]
        for place, sentence in enumerate(chunk.sentences):
            if sentence.start <= start < sentence.end:
                return Sentence(section, chunk.chunk_id, span, 0.0, int(index.first_sentence[row]) + place)
    return None
