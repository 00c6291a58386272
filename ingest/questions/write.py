"""MAIN PATH: indexed documents → example questions beside them, written by a language model.

1. blocks   those of the index without example questions
2. ask      the model for questions and for neighbours that the block does not answer; replies are kept
3. check    each question: is it Dutch, no copy of the text, and is its own block one of the first for it?
4. store    in the files that people write example questions in
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import Index
from ingest.questions.checks import is_well_put, leads_back, units_of
from ingest.questions.files import add_questions, add_unanswerable, source_file
from ingest.questions.model import LimitedModel
from ingest.questions.prompt import Reply, parsed, prompt
from ingest.types import Chunk


@dataclass(frozen=True, slots=True)
class QuestionsReport:
    """What was written: questions and neighbours, what did not pass, and the blocks left undone."""

    questions: int = 0
    unanswerable: int = 0
    dropped: int = 0
    left: int = 0


def blocks_to_ask(index: Index) -> dict[str, Chunk]:
    """Return the blocks that need questions, by what the model reads about them."""
    return {prompt(index, block): block for block in _without_questions(index)}


def write_questions(
    index: Index,
    todo: Mapping[str, Chunk],
    roots: Sequence[Path],
    embeddings: TextEmbeddings,
    model: LimitedModel,
) -> QuestionsReport:
    """Ask the model about each block and store what passes; stop before the tokens pass the limit."""
    questions = unanswerable = dropped = done = 0
    for text, block in todo.items():
        written = model.write(text)
        if written is None:
            break
        done += 1
        reply = parsed(written)
        good = _checked(index, block, reply, embeddings)
        near = [one for one in reply.unanswerable if is_well_put(one, block.text)]
        dropped += len(reply.questions) + len(reply.unanswerable) - len(good.questions) - len(near)
        file = source_file(index.sections[block.section_id].source, roots)
        if file is not None:
            questions += add_questions(file, units_of(index, block), good.questions)
            unanswerable += add_unanswerable(roots, near)
    return QuestionsReport(questions, unanswerable, dropped, len(todo) - done)


def _without_questions(index: Index) -> Iterator[Chunk]:
    """Yield the blocks that no example question is about."""
    asked = {int(index.sentence_chunks[sentence]) for sentence in index.variant_sentences.tolist()}
    yield from (block for row, block in enumerate(index.chunks) if row not in asked)


def _checked(index: Index, block: Chunk, reply: Reply, embeddings: TextEmbeddings) -> Reply:
    """Return the questions of a reply that are well put and that lead back to their block."""
    known = len(units_of(index, block))
    named = [
        one for one in reply.questions if 1 <= one.sentence <= known and is_well_put(one.text, block.text)
    ]
    first = leads_back(index, block, [one.text for one in named], embeddings)
    return Reply(questions=tuple(one for one, passes in zip(named, first, strict=True) if passes))
