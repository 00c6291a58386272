"""LLMWriter: a language model drafts, and code decides sentence by sentence what is shown.

A sentence is shown only when it points to a passage that was given and a sentence of that passage supports
it, which becomes the quote. When too little remains, or anything fails, the quoted answer takes over.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from assistant import texts
from assistant.answer.plan import Found
from assistant.llm import prompts
from assistant.llm.budget import Budget
from assistant.llm.draft import Drafted, drafted, with_lead
from assistant.llm.grammar.check import signals, supports
from assistant.llm.stream import DraftFailedError, Stream
from assistant.progress import Progress
from assistant.types import Claim, Draft, Sentence, Written
from ingest.embedding.embeddings import TextEmbeddings
from ingest.index.open import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

log = logging.getLogger(__name__)

PASSAGES = 5  # Passages that the model reads; the prompt then takes about 1,200 tokens.
SENTENCES = 6  # Sentences that are asked for, or as many as the quoted answer has.
NEAREST = 4  # So many sentences of a passage are tried as evidence, nearest first.
LEAST_SHOWN = 2  # With fewer sentences shown, the quoted answer says more.
FRUITLESS = 6  # When none of so many sentences is supported, or so many are repeated, reading stops.


@dataclass(slots=True)
class _Kept:
    """What is known of a draft while it is read."""

    claims: list[Claim] = field(default_factory=list)
    read: int = 0
    repeated: int = 0
    first_ms: float | None = None
    last: tuple[int | None, bool] = (None, False)  # The passage of the last sentence; was it shown?


@dataclass(frozen=True, slots=True)
class LLMWriter:
    """Writes with any LangChain chat model; whatever it drafts, only supported sentences remain."""

    mode: str
    model: "BaseChatModel"
    embeddings: TextEmbeddings
    budget: Budget
    timeout_s: float

    def write(self, found: Found, quoted: Sequence[Claim], progress: Progress) -> Written:
        """Return the draft's supported sentences, or the quoted claims when those would say more."""
        if progress.stopped:
            return Written(tuple(quoted), texts.MODE_EXTRACTIVE)
        if not self.budget.left():
            return self._instead(quoted, "daily limit reached", Draft(), texts.LIMIT_REACHED)
        passages = _passages(found, quoted)
        most = max(SENTENCES, len(quoted))
        left_s = self.timeout_s - progress.waited_s
        stream = Stream(self.model, _messages(found, passages, most), left_s, lambda: progress.stopped)
        kept = _Kept()
        try:
            with closing(stream.pieces()) as pieces:  # Closed, it has counted its tokens.
                self._read(pieces, found.index, passages, most, kept, progress)
        except DraftFailedError as error:
            failed = str(error)
        except Exception as error:  # Whatever a draft sets off, the quoted answer is there.
            log.exception("a draft could not be read")
            failed = type(error).__name__
        else:
            failed = _too_little(kept.claims, quoted)
        finally:
            self.budget.spend(stream.tokens)
        draft = Draft(kept.read, kept.read - len(kept.claims), stream.tokens, failed)
        if failed:
            return self._instead(quoted, failed, draft, texts.MODEL_SILENT)
        timings = {"first_sentence": kept.first_ms or 0.0}
        return Written(_framed(found, quoted, kept.claims), self.mode, "", draft, timings)

    def _instead(self, quoted: Sequence[Claim], why: str, draft: Draft, notice: str) -> Written:
        log.warning("quoted answer instead of %s: %s", self.mode, why)
        failed = Draft(draft.sentences, draft.dropped, draft.tokens, why)
        return Written(tuple(quoted), texts.MODE_EXTRACTIVE, notice, failed)

    def _read(
        self,
        pieces: Iterator[str],
        index: Index,
        passages: Sequence[Sequence[Sentence]],
        most: int,
        kept: _Kept,
        progress: Progress,
    ) -> None:
        """Keep and show each supported sentence as soon as the model has written it."""
        started = time.perf_counter()
        for sentence in drafted(pieces):
            kept.read += 1
            claim = self.claim(sentence, index, passages, kept.last)
            kept.last = (sentence.passage, claim is not None)
            if claim is not None and any(claim.text == other.text for other in kept.claims):
                kept.repeated += 1
            elif claim is not None:
                kept.claims.append(claim)
                kept.first_ms = kept.first_ms or (time.perf_counter() - started) * 1000
                progress.show(claim.text)
            if len(kept.claims) >= most or kept.read - len(kept.claims) >= FRUITLESS + 2 * len(kept.claims):
                return

    def claim(
        self,
        sentence: Drafted,
        index: Index,
        passages: Sequence[Sequence[Sentence]],
        last: tuple[int | None, bool] = (None, False),
    ) -> Claim | None:
        """Return the sentence with the one that supports it, or None when nothing does."""
        number = sentence.passage
        if number is None or not 1 <= number <= len(passages) or not sentence.readable:
            return None
        if sentence.leans and last != (number, True):
            return None
        vector = self.embeddings.encode_passages([sentence.text])[0]
        near = [(float(index.sentence_vectors[each.number] @ vector), each) for each in passages[number - 1]]
        for cosine, evidence in sorted(near, key=lambda one: -one[0])[:NEAREST]:
            title = evidence.section.title
            if supports(signals(sentence.text, evidence.text, title, cosine, index.practices)):
                return Claim(with_lead(sentence.text, evidence.text), evidence)
        return None


def _passages(found: Found, quoted: Sequence[Claim]) -> list[list[Sentence]]:
    """Return the sentences of each passage that the model reads: first those that the quoted answer uses."""
    used = [claim.evidence.chunk_id for claim in quoted if claim.evidence]
    chunk_ids = list(dict.fromkeys([*used, *(passage.chunk.chunk_id for passage in found.passages)]))
    passages = [_sentences(found.index, chunk_id) for chunk_id in chunk_ids[:PASSAGES]]
    return [passage for passage in passages if passage]


def _sentences(index: Index, chunk_id: str) -> list[Sentence]:
    """Return the sentences of a chunk, without those that speak to a model instead of to a reader."""
    row = index.chunk_rows[chunk_id]
    section = index.sections[index.chunks[row].section_id]
    numbers = np.arange(index.first_sentence[row], index.first_sentence[row + 1]).tolist()
    all_ = [Sentence(section, chunk_id, index.sentence_spans[number], 0.0, number) for number in numbers]
    return [sentence for sentence in all_ if not prompts.is_command(sentence.text)]


def _messages(found: Found, passages: Sequence[Sequence[Sentence]], most: int) -> "list[BaseMessage]":
    told = [
        f"{passage[0].section.title}. {' '.join(sentence.text for sentence in passage)}"
        for passage in passages
    ]
    labels = {practice.id: practice.label for practice in found.index.practices}
    judged = found.judgement
    advised = (labels[judged.first], labels[judged.second]) if judged else None
    return prompts.answer_messages(found.query.text, told, most, advised)


def _too_little(claims: Sequence[Claim], quoted: Sequence[Claim]) -> str:
    """Say why a draft is no useful answer, or nothing: it is too short or about something else."""
    least = min(LEAST_SHOWN, sum(claim.evidence is not None for claim in quoted))
    if len(claims) < least:
        return f"{len(claims)} supported sentences"
    sections = {claim.evidence.section.section_id for claim in quoted if claim.evidence}
    about = {claim.evidence.section.section_id for claim in claims if claim.evidence}
    return "" if sections & about else "nothing about what was asked"


def _framed(found: Found, quoted: Sequence[Claim], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims; advice keeps its first line, and what it says of the runner-up."""
    if found.judgement is None:
        return tuple(claims)
    later = [n for n, claim in enumerate(quoted) if n and claim.evidence is None]
    first, *rest = claims
    opened = Claim(first.text, first.evidence, opens_line=True)
    return (quoted[0], opened, *rest, *(quoted[later[0] :] if later else ()))
