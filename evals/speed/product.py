"""The product as a measured system: `python -m evals.speed.product CORPUS INDEX FRESH`, one line a question.

Reading is measured on the text alone (FRESH, an index that is made and thrown away); questions are answered
from INDEX, completely, and the passages are those that the answer was made from.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.chain import Assistant
from assistant.load import load_assistant
from assistant.types import Question
from evals.speed.peers.protocol import Search, serve
from ingest.__main__ import ingest
from settings import load_settings


def load() -> Assistant:
    """Return the assistant, which answers every question anew."""
    settings = load_settings().model_copy(update={"index": Path(sys.argv[2]), "kept_answers": 0})
    return load_assistant(settings)


def build(assistant: Assistant) -> tuple[Search, int]:
    """Read the corpus into a new index, and answer from the given one."""
    fresh = assistant.settings.model_copy(update={"index": Path(sys.argv[3])})
    report = ingest([Path(sys.argv[1])], fresh, assistant.retriever.embeddings)

    def search(question: str) -> Sequence[str]:
        return [passage.section.section_id for passage in assistant.ask(Question(question)).passages]

    return search, report.manifest.chunks


if __name__ == "__main__":
    serve(load, build)
