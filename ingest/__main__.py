"""Documents → index: `python -m ingest [PATH ...] [--index DIR] [--force] [--dump [--all] | --status]`.

With `--write-questions`, the model of WEGWIJZER_LLM writes example questions beside the documents first, and
situations for each practice of a practices.yaml.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from errors import WegwijzerError
from ingest import texts
from ingest.documents.dump import all_lines, is_dump, section_lines
from ingest.documents.files import documents
from ingest.embedding.embeddings import load_embeddings
from ingest.index.open import open_store, stored_corpus, stored_sections
from ingest.index.status import status
from ingest.index.store import Store
from ingest.pipeline import ingest
from ingest.report import IngestReport, status_lines, summary
from settings import load_settings

MOST_TOKENS = 500_000  # Some 500 blocks.


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
            if options.force:
                open_store(settings).unlock()
            print(texts.READING.format(paths=", ".join(str(path) for path in paths)), file=sys.stderr)
            embeddings = load_embeddings(settings)
            if options.write_questions:
                from ingest.questions.command import ingest_with_questions

                told = partial(print, file=sys.stderr)
                return _tell(ingest_with_questions(paths, settings, embeddings, options.most_tokens, told))
            return _tell(ingest(paths, settings, embeddings, quiet=False))
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
    shown.add_argument("--status", action="store_true", help="print what is indexed and what changed since")
    parser.add_argument("--all", action="store_true", help="with --dump: also what is beside the sections")
    parser.add_argument(
        "--force", action="store_true", help="remove the lock that an ingest left on the Chroma server"
    )
    parser.add_argument(
        "--write-questions",
        action="store_true",
        help="have the model of WEGWIJZER_LLM write questions",
    )
    parser.add_argument(
        "--most-tokens", type=int, default=MOST_TOKENS, help="with --write-questions: stop at so many tokens"
    )
    return parser


def _tell(report: IngestReport) -> int:
    """Print what an ingest did, and what it did not read; return 1 when a document was left out."""
    print(summary(report))
    if not report.documents.advises:
        print(texts.WITHOUT_ADVICE)
    for told in texts.unread(report.documents.unread):
        print(told, file=sys.stderr)
    if report.documents.left_out:
        print(texts.left_out(report.documents.left_out), file=sys.stderr)
        return 1
    return 0


def _show_status(store: Store) -> int:
    """Print what state the index is in; return 1 when it is damaged."""
    found = status(store)
    print(*status_lines(found), sep="\n")
    return 0 if found.whole else 1


def _dump(store: Store, *, everything: bool) -> None:
    lines = all_lines(stored_corpus(store)) if everything else section_lines(stored_sections(store))
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
