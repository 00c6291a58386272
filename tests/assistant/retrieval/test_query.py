"""The texts of one question are embedded once, and together."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.chain import Assistant
from assistant.retrieval.query import Queries


class Counted:
    """The embeddings of an assistant, with what they were asked for."""

    def __init__(self, assistant: Assistant) -> None:
        self.asked: list[list[str]] = []
        self._encode = assistant.retriever.embeddings.encode_queries

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Note the texts and embed them."""
        self.asked.append(list(texts))
        return np.asarray(self._encode(texts))


@pytest.mark.model
def test_each_text_is_embedded_once_and_those_known_beforehand_together(full_assistant: Assistant) -> None:
    counted = Counted(full_assistant)
    queries = Queries(full_assistant.index, counted)  # type: ignore[arg-type]
    queries.prepare(["Wat is een living lab?", "En de stappen?", "Wat is een living lab?"])
    first = queries("Wat is een living lab?")
    assert queries("Wie doen er mee?").text == "Wie doen er mee?"
    assert counted.asked == [["Wat is een living lab?", "En de stappen?"], ["Wie doen er mee?"]]
    assert first.mentions.practices == ("living-lab",)
    assert first.variants.shape == (len(full_assistant.index.variants),)
