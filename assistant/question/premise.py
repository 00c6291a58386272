"""What a question takes for granted: 'Waarom duurt het drie jaar?' holds that it lasts three years."""

import re

SHORTEST = 4  # What is taken for granted holds so many words at least.
_TAKES = re.compile(
    r"^(?:(?:en|maar|dus)\s+)?"
    r"(?:waarom|hoezo|sinds wanneer|in welk jaar)\s+"
    r"(?!(?:geen|niet|dan|toch|dat|dus|alleen|nou|die|deze)\b)(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


def premise(question: str) -> str:
    """Return what a question takes for granted as a yes/no question, or nothing.

    `Waarom is meedoen verplicht?` → `Is meedoen verplicht?`
    """
    found = _TAKES.match(question.strip())
    rest = found["rest"] if found else ""
    return rest[:1].upper() + rest[1:] if len(rest.split()) >= SHORTEST else ""
