"""The product as a measured system, by `python -m evals.speed.product INDEX SECTIONS CORPUS`.

Reading is measured on the text alone of CORPUS, into an index that is thrown away; questions are answered
from INDEX, completely, and the passages are those that the answer was made from.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.chain import Assistant
from assistant.load import load_assistant
from assistant.types import Question
from evals.speed.answers import text_alone
from evals.speed.peers.protocol import Search, Section, serve
from ingest.__main__ import ingest
from settings import load_settings


def load() -> Assistant:
    """Return the assistant, which answers every question anew."""
    settings = load_settings().model_copy(update={"index": Path(sys.argv[1]), "kept_answers": 0})
    return load_assistant(settings)


def build(assistant: Assistant, sections: Sequence[Section]) -> tuple[Search, int]:
    """Read so many sections of the corpus into a new index, and answer from the given one."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = text_alone(Path(sys.argv[3]), Path(folder) / "corpus", len(sections))
        fresh = assistant.settings.model_copy(update={"index": Path(folder) / "index"})
        report = ingest([corpus], fresh, assistant.retriever.embeddings)

    def search(question: str) -> Sequence[str]:
        return [passage.section.section_id for passage in assistant.ask(Question(question)).passages]

    return search, report.manifest.chunks


if __name__ == "__main__":
    serve(load, build)
