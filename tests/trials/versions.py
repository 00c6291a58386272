"""A tiny corpus in numbered versions: every sentence names its version, so that a mixed answer shows."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SUBJECTS = ("moestuin", "fietsroute", "buurtbus", "leeszaal", "speelplein", "dorpshuis")
QUESTIONS = tuple(f"Wie beheert de {subject} en wanneer is die open?" for subject in SUBJECTS)
_VERSION = re.compile(r"versie (\d+)")


def write_version(folder: Path, number: int) -> Path:
    """Write the corpus in this version; return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for subject in SUBJECTS:
        (folder / f"{subject}.md").write_text(text(subject, number), encoding="utf-8")
    return folder


def text(subject: str, number: int) -> str:
    """Return one document."""
    return (
        f"# De {subject}\n\nIn versie {number} wordt de {subject} beheerd door de groep van versie {number}. "
        f"De {subject} is in versie {number} open op de dagen van de {subject}. "
        f"Wie in versie {number} bij de {subject} wil helpen, meldt zich bij de {subject} zelf.\n"
    )


def answered_version(answer: Mapping[str, Any]) -> int | None:
    """Return the version that an answer of the contract is from, or None for a wrong or a mixed answer."""
    quotes = [citation["quote"] for citation in answer["citations"]]
    told = {int(number) for part in (answer["text"], *quotes) for number in _VERSION.findall(part)}
    passages = {int(number) for one in answer["passages"] for number in _VERSION.findall(one["text"])}
    if answer["status"] != "answered" or len(told) != 1 or passages != told:
        return None
    version = told.pop()
    texts = [" ".join(text(subject, version).partition("\n\n")[2].split()) for subject in SUBJECTS]
    return version if quotes and all(any(quote in one for one in texts) for quote in quotes) else None
