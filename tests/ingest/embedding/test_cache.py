"""Texts are embedded once: what an earlier build holds is used again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.embedding.cache import VectorCache, Vectors, known_vectors, load_vectors, save_vectors, text_hash


class CountingEncoder:
    """Gives every text a vector of its own and remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text: its length and its first letter."""
        self.calls.append(list(texts))
        return np.asarray([[len(text), ord(text[0])] for text in texts], dtype=np.float32)


class Counter:
    """Adds up the progress that is reported."""

    def __init__(self) -> None:
        self.total = 0

    def __call__(self, count: int) -> None:
        """Add a number of texts."""
        self.total += count


def test_a_known_text_is_not_embedded_again() -> None:
    known = {text_hash("passage", "oud"): np.asarray([9, 9], dtype=np.float32)}
    cache, encoder, progress = VectorCache(known), CountingEncoder(), Counter()
    vectors, hashes = cache.embed(["nieuw", "oud", "ander"], encoder, "passage", progress)
    assert vectors.tolist() == [[5, ord("n")], [9, 9], [5, ord("a")]]
    assert hashes.tolist() == [text_hash("passage", text) for text in ("nieuw", "oud", "ander")]
    assert encoder.calls == [["nieuw", "ander"]]
    assert (cache.embedded, cache.reused, progress.total) == (2, 1, 3)


def test_a_text_known_as_passage_is_embedded_anew_as_query() -> None:
    known = {text_hash("passage", "oud"): np.asarray([9, 9], dtype=np.float32)}
    cache, encoder = VectorCache(known), CountingEncoder()
    cache.embed(["oud"], encoder, "query", Counter())
    assert encoder.calls == [["oud"]]


def test_many_texts_go_in_batches_and_progress_adds_up() -> None:
    texts = [f"tekst {number}" for number in range(1_000)]
    encoder, progress = CountingEncoder(), Counter()
    vectors, _ = VectorCache({}).embed(texts, encoder, "passage", progress)
    assert vectors.shape == (1_000, 2)
    assert [text for call in encoder.calls for text in call] == texts
    assert len(encoder.calls) > 1
    assert progress.total == 1_000


def test_no_texts_give_no_vectors() -> None:
    vectors, hashes = VectorCache({}).embed([], CountingEncoder(), "passage", Counter())
    assert len(vectors) == len(hashes) == 0


def test_what_a_build_saved_is_known_to_the_next(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    vectors, hashes = VectorCache({}).embed(["een", "twee"], encoder, "passage", Counter())
    save_vectors(tmp_path, "chunks", vectors, hashes)
    np.testing.assert_array_equal(load_vectors(tmp_path, "chunks"), vectors)
    known = known_vectors(tmp_path, ["chunks", "missing"])
    assert {key: vector.tolist() for key, vector in known.items()} == {
        text_hash("passage", "een"): [3, ord("e")],
        text_hash("passage", "twee"): [4, ord("t")],
    }


def test_vectors_that_cannot_be_read_are_embedded_anew(tmp_path: Path) -> None:
    (tmp_path / "chunks.npy").write_bytes(b"broken")
    (tmp_path / "chunks.hashes.npy").write_bytes(b"broken")
    assert known_vectors(tmp_path, ["chunks"]) == {}
