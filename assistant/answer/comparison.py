"""Two or more practices side by side: the same criteria for each, from the sections that treat them all."""

from assistant.answer.plan import Found
from assistant.types import Claim


def comparison(found: Found) -> list[Claim]:
    """Return the named practices side by side, or nothing when fewer than two are named."""
    return []
