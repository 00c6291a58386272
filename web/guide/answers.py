"""The answers of the guided conversation in an address, and back: the state is the answers alone."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast, get_args
from urllib.parse import urlencode

from ingest.types import Criterion, Value

if TYPE_CHECKING:
    from assistant.advice.guide import Given

PAGE, NOTE_PAGE = "keuzehulp", "adviesnotitie"
CHANGED, SITUATION, FORM = "wijzig", "situatie", "als"  # Names in an address beside those of criteria.
MOST_SITUATION = 1_000
UNKNOWN = "unknown"
VALUES = (*get_args(Value), UNKNOWN)
Answers = dict[str, "Given"]


def answers_in(pairs: Iterable[tuple[str, str]], criteria: Iterable[Criterion]) -> Answers:
    """Return the answers among the pairs of an address, in their order; what is no answer is left out.

    `oplossing-open=yes&x=1` → `{'oplossing-open': 'yes'}`
    """
    known = {criterion.id for criterion in criteria}
    return {name: cast("Given", value) for name, value in pairs if name in known and value in VALUES}


def address(path: str, answers: Mapping[str, str], **more: str) -> str:
    """Return a path with the answers in its query: `('keuzehulp', {'a': 'yes'})` → `keuzehulp?a=yes`."""
    query = urlencode({**answers, **more})
    return f"{path}?{query}" if query else path
