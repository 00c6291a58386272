"""What an ingest did, and what state an index is in, in the Dutch lines that an operator reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from errors import DocumentError
from ingest import texts
from ingest.documents.changes import Changes
from ingest.index.manifest import Manifest
from ingest.index.status import Status
from ingest.types import Unread

MOST_NAMED = 5  # Files named in one line of the status; the number tells of the rest.
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Documents:
    """What the documents held: files, and parts of files, that were not read, and whether there is advice."""

    left_out: tuple[DocumentError, ...] = ()
    unread: tuple[Unread, ...] = ()
    advises: bool = True


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did: to documents and sections, and how many texts were embedded or reused."""

    manifest: Manifest
    unchanged: bool
    sections: Changes = field(default_factory=Changes)
    embedded: int = 0
    reused: int = 0
    documents: Documents = field(default_factory=Documents)


def summary(report: IngestReport) -> str:
    """Return what an ingest did."""
    size = _size(report.manifest)
    if report.unchanged:
        return texts.UNCHANGED.format(size=size)
    sections = report.sections
    return texts.INDEXED.format(
        size=size,
        added=len(sections.added),
        changed=len(sections.changed),
        removed=len(sections.removed),
        same=sections.same,
        embedded=report.embedded,
        reused=report.reused,
    )


def status_lines(status: Status) -> Iterator[str]:
    """Yield what state an index is in, a line a fact."""
    made = status.manifest
    paths = ", ".join(status.sources.paths)
    yield texts.STATUS_PLACE.format(place=status.place)
    yield texts.STATUS_MADE.format(made=f"{datetime.fromisoformat(made.created).astimezone():%Y-%m-%d %H:%M}")
    yield texts.STATUS_FROM.format(paths=paths, files=len(status.sources.files))
    yield texts.STATUS_HOLDS.format(size=_size(made))
    yield texts.STATUS_MODEL.format(model=made.model_id)
    yield texts.STATUS_SIZE.format(mb=f"{status.size_bytes / MB:.1f}".replace(".", ","))
    yield texts.STATUS_WHOLE if status.whole else texts.STATUS_DAMAGED
    yield from _since(status)


def _since(status: Status) -> Iterator[str]:
    for path in status.missing:
        yield texts.STATUS_MISSING.format(path=path)
    changes = status.since
    if changes.any:
        for text, files in (
            (texts.STATUS_ADDED, changes.added),
            (texts.STATUS_CHANGED, changes.changed),
            (texts.STATUS_REMOVED, changes.removed),
        ):
            if files:
                yield text.format(count=len(files), names=_names(files))
        yield texts.STATUS_RENEW.format(paths=" ".join(status.sources.paths))
    elif not status.missing:
        yield texts.STATUS_SAME


def _names(files: Iterable[str]) -> str:
    names = [Path(file).name for file in files]
    return ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")


def _size(made: Manifest) -> str:
    return texts.SIZE.format(sections=made.sections, chunks=made.chunks, variants=made.variants)
