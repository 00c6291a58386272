"""The product as a measured system, by `python -m evals.speed.product SECTIONS INDEX CORPUS`.

Reading is measured on the text alone of CORPUS, into an index that is thrown away; questions are answered
from INDEX, completely, and the passages are those that the answer was made from.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assistant.chain import Assistant
from assistant.load import load_assistant
from assistant.types import Question
from evals.speed.answers import read_text
from evals.speed.serve import Search, Section, given_paths, serve
from settings import load_settings


def load(index: Path, corpus: Path) -> Assistant:
    """Return the assistant, which answers every question anew."""
    given = {"index": index, "corpus": corpus, "kept_answers": 0}
    return load_assistant(load_settings().model_copy(update=given))


def build(assistant: Assistant, sections: Sequence[Section]) -> tuple[Search, int]:
    """Read so many sections of the corpus into a new index, and answer from the given one."""
    chunks, _, _ = read_text(assistant.settings, assistant.retriever.embeddings, len(sections))

    def search(question: str) -> Sequence[str]:
        return [passage.section.section_id for passage in assistant.ask(Question(question)).passages]

    return search, chunks


if __name__ == "__main__":
    sections, index, corpus = given_paths("evals.speed.product", __doc__, "sections", "index", "corpus")
    serve(partial(load, index, corpus), build, sections)
