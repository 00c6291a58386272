"""Documents → index: `python -m ingest [PATH ...] [--index DIR] [--dump]`."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from errors import WegwijzerError
from ingest import texts
from ingest.build import build_index, build_size, chunked, describe
from ingest.documents import documents, load_corpus
from ingest.embed import TextEmbeddings, load_embeddings
from ingest.index import VECTOR_FILES, intact, stored_sections
from ingest.manifest import Manifest, fingerprint
from ingest.store import BUILDS_FOLDER, served, staged_index, write_lock
from ingest.vectors import VectorCache, known_vectors
from settings import Settings, load_settings


# Only the stubs make tqdm generic.
class ProgressBar(tqdm):  # type: ignore[type-arg]
    """A progress bar that its with block closes, also when it was interrupted while it was made."""

    def __del__(self) -> None:
        """Close nothing: a bar that was never finished holds nothing to close, and would say so loudly."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did."""

    manifest: Manifest
    unchanged: bool
    embedded: int = 0
    reused: int = 0


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    embeddings: TextEmbeddings,
    *,
    quiet: bool = True,
) -> IngestReport:
    """Read every document under the paths and make them the served index; until then the old one serves."""
    corpus = load_corpus(paths)
    name = fingerprint(corpus, embeddings.model_id, settings.chunk_words)
    with write_lock(settings):
        before = served(settings.index)
        if before is not None and before.fingerprint == name and intact(settings.index, before.model_id):
            return IngestReport(before, unchanged=True)
        chunks = chunked(corpus, settings.chunk_words)
        cache = VectorCache(_known(settings, before, embeddings))
        with (
            staged_index(settings.index, name) as stage,
            ProgressBar(
                total=build_size(corpus, chunks), desc=texts.PROGRESS, unit="tekst", disable=quiet
            ) as bar,
        ):

            def progress(done: int) -> None:
                bar.update(done)

            build_index(stage, corpus, chunks, embeddings, cache, progress)
            manifest = describe(stage, corpus, chunks, embeddings.model_id, settings.chunk_words, name)
    return IngestReport(manifest, unchanged=False, embedded=cache.embedded, reused=cache.reused)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # It sets itself to DEBUG.
    try:
        settings = load_settings()
        if options.index:
            settings = settings.model_copy(update={"index": options.index})
        if options.dump:
            _dump(settings.index)
        else:
            paths = options.path or [settings.corpus]
            documents(paths)  # A wrong path is said at once, not after the model has loaded.
            print(texts.READING.format(paths=", ".join(str(path) for path in paths)), file=sys.stderr)
            print(_summary(ingest(paths, settings, load_embeddings(settings), quiet=False)))
    except WegwijzerError as error:
        print(texts.explain_to_operator(error), file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print(texts.INTERRUPTED, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m ingest", description="Read documents into the index.")
    parser.add_argument("path", nargs="*", type=Path, help="files or folders (default: corpus/)")
    parser.add_argument("--index", type=Path, help="folder of the index (default: index/)")
    parser.add_argument("--dump", action="store_true", help="print the stored sections as JSON lines")
    return parser


def _known(
    settings: Settings, before: Manifest | None, embeddings: TextEmbeddings
) -> dict[bytes, NDArray[np.float32]]:
    """Return what the build that serves embedded with the same model."""
    if before is None or before.model_id != embeddings.model_id:
        return {}
    return known_vectors(settings.index / BUILDS_FOLDER / before.fingerprint, VECTOR_FILES)


def _dump(index: Path) -> None:
    for section in stored_sections(index):
        row = {
            "section_id": section.section_id,
            "title": section.title,
            "practice": section.practice,
            "source": section.source,
            "page": section.page,
            "text": section.text,
        }
        print(json.dumps(row, ensure_ascii=False))


def _summary(report: IngestReport) -> str:
    made = report.manifest
    size = texts.SIZE.format(sections=made.sections, chunks=made.chunks, variants=made.variants)
    if report.unchanged:
        return texts.UNCHANGED.format(size=size)
    return texts.INDEXED.format(size=size, embedded=report.embedded, reused=report.reused)


if __name__ == "__main__":
    sys.exit(main())
