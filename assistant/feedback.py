"""Thumbs of visitors: stored in one SQLite file on this machine, and summed up for the operator."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from assistant import texts
from assistant.types import Answer

MOST_THUMBS = 20_000  # With the longest reasons and questions about 160 MB; then the oldest go.
MOST_SECTIONS = 20  # An answer of ours cites fewer; one that a browser brings back may name every section.
MOST_REASON_CHARS = 1_000
LATEST = 10  # Reasons that the summary shows.
LOCK_TIMEOUT_S = 5.0
_TABLE = """CREATE TABLE IF NOT EXISTS thumbs (
    answer_id TEXT PRIMARY KEY, given_at TEXT NOT NULL, up INTEGER NOT NULL, reason TEXT NOT NULL,
    status TEXT NOT NULL, mode TEXT NOT NULL, version TEXT NOT NULL, sections TEXT NOT NULL, question TEXT
)"""
_STORE = "INSERT OR REPLACE INTO thumbs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FORGET = """DELETE FROM thumbs WHERE rowid <=
    (SELECT rowid FROM thumbs ORDER BY rowid DESC LIMIT 1 OFFSET ?)"""  # A later row has a higher rowid.


@dataclass(frozen=True, slots=True)
class Thumb:
    """What a visitor thought of an answer, and why when the visitor said so."""

    up: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Thumbs up and down, the sections that answers with a thumb down cited most, and the latest reasons."""

    up: int
    down: int
    criticised: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[bool, str], ...]


def store(path: Path, answer: Answer, thumb: Thumb, version: str, *, with_question: bool) -> None:
    """Store a thumb, in the place of an earlier one for this answer, and forget the oldest of too many.

    Raise sqlite3.Error when it fails.
    """
    sections = dict.fromkeys(citation.section_id for citation in answer.citations)
    row = (
        answer.id,
        datetime.now(UTC).isoformat(timespec="seconds"),
        int(thumb.up),
        thumb.reason[:MOST_REASON_CHARS],
        answer.status,
        answer.mode,
        version,
        json.dumps(sorted(islice(sections, MOST_SECTIONS)), ensure_ascii=False),
        answer.question if with_question else None,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as thumbs, thumbs:
        thumbs.execute(_TABLE)
        thumbs.execute(_STORE, row)
        thumbs.execute(_FORGET, (MOST_THUMBS,))


def summary(path: Path) -> Summary:
    """Sum up the stored thumbs; raise sqlite3.Error when the file holds no thumbs that can be read."""
    if not path.is_file():
        return Summary(0, 0, (), ())
    with _opened(path) as thumbs:
        rows = thumbs.execute("SELECT up, reason, sections FROM thumbs ORDER BY given_at DESC").fetchall()
    criticised = Counter(
        section for up, _reason, sections in rows if not up for section in json.loads(sections)
    )
    return Summary(
        up=sum(up for up, _reason, _sections in rows),
        down=sum(not up for up, _reason, _sections in rows),
        criticised=tuple(criticised.most_common(LATEST)),
        reasons=tuple((bool(up), reason) for up, reason, _sections in rows if reason)[:LATEST],
    )


def told(found: Summary) -> str:
    """Return a summary as Dutch lines."""
    if not found.up + found.down:
        return texts.NO_THUMBS
    lines = [texts.THUMBS.format(up=found.up, down=found.down)]
    if found.criticised:
        lines += ["", texts.CRITICISED, *(f"- {section}: {count}" for section, count in found.criticised)]
    if found.reasons:
        kinds = {True: texts.THUMB_UP, False: texts.THUMB_DOWN}
        lines += [
            "",
            texts.REASONS,
            *(f"- {kinds[up]}: {' '.join(why.split())}" for up, why in found.reasons),
        ]
    return "\n".join(lines)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=LOCK_TIMEOUT_S)) as connection:
        yield connection
