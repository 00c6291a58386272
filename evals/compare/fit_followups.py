"""The evidence for whether a turn that names no practice is about the ones under discussion."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.chain import Assistant
from assistant.conversation.followup_words import without_opening
from assistant.conversation.subject import evidence_for_subject, listener
from assistant.conversation.topic import subject_of, topic_of
from evals.compare.fit_extent import Observed
from evals.questions.types import ReferenceQuestion
from ingest.documents.data_files import read_lines
from ingest.text.mentions import mentions
from ingest.types import Practice

FOLLOW_UPS = Path(__file__).parent / "followups.jsonl"  # By two writers, and questions about other things.
OPENINGS = ("Wat is {}?", "Hoe lang duurt {}?", "Wie doen er mee aan {}?", "Wat zijn de valkuilen van {}?")
SEED = 3


class FollowUp(BaseModel):
    """A turn after others; `keeps` tells that it is about the practice of those."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    history: tuple[str, ...]
    question: str
    keeps: bool


def kept_subjects(assistant: Assistant, questions: Sequence[ReferenceQuestion]) -> Iterator[Observed]:
    """Yield the evidence for each follow-up, and for each question asked after one about another practice."""
    index = assistant.index
    heard = listener(index, assistant.retriever.query)
    for turn in (*_written(), *_asked(questions, index.practices)):
        topic = topic_of(heard, turn.history)
        if topic.practices and not mentions(turn.question, index.practices, ()).practices:
            query = heard.ask(without_opening(turn.question))
            yield evidence_for_subject(heard, turn.question, query, subject_of(topic)), turn.keeps


def _written() -> Iterator[FollowUp]:
    return (turn for _, turn in read_lines(FOLLOW_UPS, FollowUp))


def _asked(questions: Sequence[ReferenceQuestion], practices: Sequence[Practice]) -> Iterator[FollowUp]:
    """Yield the follow-ups, and the other questions after an opening about a practice that is not theirs."""
    chance = random.Random(SEED)  # noqa: S311 - the order of reference questions is no secret.
    for one in questions:
        if one.history:
            if one.practices:
                yield FollowUp(history=one.history, question=one.question, keeps=True)
        elif one.task not in {"advice", "ambiguous"}:
            others = [practice for practice in practices if practice.id not in one.practices]
            if others:
                opening = chance.choice(OPENINGS).format(chance.choice(others).label)
                yield FollowUp(history=(opening,), question=one.question, keeps=False)
