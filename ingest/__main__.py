"""Documents → index: `python -m ingest [PATH ...] [--index DIR] [--dump [--all] | --status]`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from errors import DocumentError, WegwijzerError
from ingest import texts
from ingest.build import build_index, build_size, chunked, describe
from ingest.documents import documents, load_corpus
from ingest.dump import all_lines, is_dump, load_dump, section_lines
from ingest.embed import TextEmbeddings, load_embeddings
from ingest.index import VECTOR_FILES, intact, open_store, stored_corpus, stored_sections
from ingest.manifest import fingerprint
from ingest.records import read_sections
from ingest.sources import compare, find_sources
from ingest.status import status
from ingest.store import Store, pointed, served
from ingest.teach import CLASSIFIERS
from ingest.tell import Documents, IngestReport, status_lines, summary
from ingest.types import Section
from ingest.vectors import VectorCache, known_vectors
from settings import Settings, load_settings


# Only the stubs make tqdm generic.
class ProgressBar(tqdm):  # type: ignore[type-arg]
    """A progress bar that its with block closes, also when it was interrupted while it was made."""

    def __del__(self) -> None:
        """Close nothing: a bar that was never finished holds nothing to close, and would say so loudly."""


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    embeddings: TextEmbeddings,
    *,
    quiet: bool = True,
) -> IngestReport:
    """Read every document under the paths and make them the served index; until then the old one serves."""
    sources = find_sources(paths)
    left_out: list[DocumentError] = []
    corpus = load_dump(paths[0]) if is_dump(paths) else load_corpus(paths, left_out)
    told = Documents(tuple(left_out), advises=bool(corpus.practices))
    name = fingerprint(corpus, embeddings.model_id, settings.chunk_words)
    store = open_store(settings)
    with store.locked(settings.lock_timeout_s):
        before = served(store)
        build = pointed(store)
        if before and before.fingerprint == name and intact(store, build, embeddings.model_id):
            store.tidy()
            return IngestReport(before, unchanged=True, documents=told)
        earlier = store.folder(build) if before else None
        chunks = chunked(corpus, settings.chunk_words)
        same_model = before is not None and before.model_id == embeddings.model_id
        cache = VectorCache(_known(earlier if same_model else None))
        changes = compare(_by_id(_sections(earlier)), _by_id(corpus.sections))
        with (
            store.staged(name) as stage,
            ProgressBar(
                total=build_size(corpus, chunks), desc=texts.PROGRESS, unit="tekst", disable=quiet
            ) as bar,
        ):

            def progress(done: int) -> None:
                bar.update(done)

            taught = earlier / CLASSIFIERS if earlier else None
            build_index(stage, corpus, chunks, embeddings, cache, taught, progress)
            manifest = describe(
                stage, corpus, chunks, sources, embeddings.model_id, settings.chunk_words, name
            )
    return IngestReport(
        manifest,
        unchanged=False,
        sections=changes,
        embedded=cache.embedded,
        reused=cache.reused,
        documents=told,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # It sets itself to DEBUG.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # It tells of every oddity in a file.
    try:
        settings = load_settings()
        if options.index:
            settings = settings.model_copy(update={"index": options.index})
        if options.status:
            return _show_status(open_store(settings))
        if options.dump:
            _dump(open_store(settings), everything=options.all)
        else:
            paths = options.path or [settings.corpus]
            if not is_dump(paths):
                documents(paths)  # A wrong path is said at once, not after the model has loaded.
            print(texts.READING.format(paths=", ".join(str(path) for path in paths)), file=sys.stderr)
            report = ingest(paths, settings, load_embeddings(settings), quiet=False)
            print(summary(report))
            if not report.documents.advises:
                print(texts.WITHOUT_ADVICE)
            if report.documents.left_out:
                print(texts.left_out(report.documents.left_out), file=sys.stderr)
                return 1
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
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--dump", action="store_true", help="print the stored sections as JSON lines")
    shown.add_argument("--status", action="store_true", help="tell what is indexed and what changed since")
    parser.add_argument(
        "--all", action="store_true", help="with --dump: also what stands beside the sections"
    )
    return parser


def _known(earlier: Path | None) -> dict[bytes, NDArray[np.float32]]:
    """Return what an earlier build embedded."""
    return known_vectors(earlier, VECTOR_FILES) if earlier else {}


def _sections(earlier: Path | None) -> list[Section]:
    """Return the sections of an earlier build, or none when they cannot be read."""
    try:
        return read_sections(earlier) if earlier else []
    except (OSError, ValueError, TypeError):
        return []


def _by_id(sections: Sequence[Section]) -> dict[str, Section]:
    return {section.section_id: section for section in sections}


def _show_status(store: Store) -> int:
    """Print how the index stands; return 1 when it is damaged."""
    found = status(store)
    print(*status_lines(found), sep="\n")
    return 0 if found.whole else 1


def _dump(store: Store, *, everything: bool) -> None:
    lines = all_lines(stored_corpus(store)) if everything else section_lines(stored_sections(store))
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
