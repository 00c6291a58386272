"""A conversation as the visitor's browser keeps it, and back; nothing of it is stored on the server."""

import json
import logging
import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from assistant.texts import MODE_EXTRACTIVE, MODE_MODEL
from assistant.types import Answer
from web.chat.conversation import ChatTurn
from web.shown.view import ShownIndex

log = logging.getLogger(__name__)

MOST_TURNS = 50  # The latest are kept.
MOST_CHARS = 2_000_000  # Browsers keep about 5 MB for a site.
_MODE = re.compile("|".join((MODE_EXTRACTIVE, MODE_MODEL.format(name=r"\S{1,200}"))))


class Kept(BaseModel):
    """One turn as it comes back from the browser."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^t[0-9a-f]{32}$")]
    question: str
    answer: Answer | None = None


_KEPT = TypeAdapter(list[Kept])


def kept(turn: ChatTurn) -> str | None:
    """Return a turn as the browser keeps it, or None for one that failed."""
    if turn.failure:
        return None
    answer = asdict(replace(turn.answer, passages=(), timings_ms={})) if turn.answer else None
    return json.dumps({"id": turn.id, "question": turn.question, "answer": answer}, ensure_ascii=False)


def recalled(sent: object, index: ShownIndex) -> list[ChatTurn]:
    """Return the turns that a browser kept, oldest first; none when they cannot be read.

    An answer whose quotes are no longer in the index is left out: its question is to be asked again.
    """
    if not isinstance(sent, str) or len(sent) > MOST_CHARS:
        return []
    try:
        turns = _KEPT.validate_json(sent)[-MOST_TURNS:]
    except ValidationError:
        log.warning("a conversation that a browser kept could not be read")
        return []
    return list(_turns({turn.id: turn for turn in turns}.values(), index))


def _turns(turns: Iterable[Kept], index: ShownIndex) -> Iterable[ChatTurn]:
    for turn in turns:
        fits = turn.answer is not None and _is_supported(turn.answer, index)
        answer = replace(turn.answer, id=turn.id) if turn.answer and fits else None
        yield ChatTurn(turn.id, turn.question, answer=answer, recalled=True)


def _is_supported(answer: Answer, index: ShownIndex) -> bool:
    """Return whether it has a writer, every quote is in its section and every reason has its quote."""
    if not _MODE.fullmatch(answer.mode):
        return False
    for citation in answer.citations:
        section = index.sections.get(citation.section_id)
        if section is None or section.text[citation.start : citation.end] != citation.quote:
            return False
    numbers = {citation.n for citation in answer.citations}
    ranking = answer.advice.ranking if answer.advice else ()
    return all(reason.citation in numbers for practice in ranking for reason in practice.reasons)
