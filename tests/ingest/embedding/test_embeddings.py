"""The embedded model keeps its promises: close to the original, one vector a text, small, offline."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from errors import EmbeddingModelError
from ingest.embedding.cache import usual_cosine
from ingest.embedding.embeddings import (
    E5_PROMPTS,
    MODEL_FOLDER,
    OnnxEmbeddings,
    Prompts,
    TextEmbeddings,
    _prompts,
    load_embeddings,
    load_sentence_transformer,
)
from settings import Settings

FIXTURES = Path(__file__).parents[2] / "fixtures"
SENTENCES = (FIXTURES / "reference_sentences.txt").read_text(encoding="utf-8").splitlines()
MAX_FOLDER_BYTES = 40_000_000
MEAN_STRAYED, MOST_STRAYED = 0.07, 0.2  # A mean cosine of 0.99 and a lowest of 0.97 where 0.85 is usual.
MAX_LONG_TEXT_S = 5.0  # Takes 0.2 s; tokenising without a limit on a text of a megabyte would show.

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def embeddings() -> TextEmbeddings:
    """Load the embedded model once for this file."""
    return load_embeddings(Settings(embedding_model=None))


def test_vectors_stay_close_to_those_of_the_whole_unquantised_model(
    embeddings: TextEmbeddings,
) -> None:
    """Hold the distance to a share of that between two unrelated texts, which training made far larger."""
    reference = np.load(FIXTURES / "reference_vectors.npz")["vectors"]
    vectors = np.concatenate([embeddings.encode_queries(SENTENCES), embeddings.encode_passages(SENTENCES)])
    cosines = (reference * vectors).sum(axis=1)
    strayed = (1 - cosines) / (1 - usual_cosine(reference))
    assert len(SENTENCES) >= 60
    assert cosines.mean() >= 0.99
    assert strayed.mean() <= MEAN_STRAYED
    assert strayed.max() <= MOST_STRAYED


def test_a_text_has_the_same_vector_alone_and_among_others(embeddings: TextEmbeddings) -> None:
    texts = [*SENTENCES, "", "x", "lang " * 900]
    alone = np.concatenate([embeddings.encode_passages([text]) for text in texts])
    np.testing.assert_array_equal(embeddings.encode_passages(texts), alone)
    np.testing.assert_array_equal(embeddings.encode_passages(texts[::-1])[::-1], alone)


def test_every_vector_has_length_one(embeddings: TextEmbeddings) -> None:
    vectors = embeddings.encode_queries([*SENTENCES, ""])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(SENTENCES) + 1, embeddings.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_texts_give_no_vectors(embeddings: TextEmbeddings) -> None:
    assert embeddings.encode_passages([]).shape == (0, embeddings.dimension)
    assert embeddings.embed_documents([]) == []


def test_the_langchain_methods_give_the_same_vectors(embeddings: TextEmbeddings) -> None:
    text = "Wat is een living lab?"
    assert embeddings.embed_query(text) == embeddings.encode_queries([text])[0].tolist()
    assert embeddings.embed_documents([text]) == embeddings.encode_passages([text]).tolist()
    assert embeddings.embed_documents([text])[0] != embeddings.embed_query(text)


@pytest.mark.alone
def test_a_very_long_text_is_cut_and_quick(embeddings: TextEmbeddings) -> None:
    start = time.perf_counter()
    whole, words = embeddings.encode_passages(["a" * 100_000, "woord " * 16_667])
    assert time.perf_counter() - start < MAX_LONG_TEXT_S
    np.testing.assert_array_equal(words, embeddings.encode_passages(["woord " * 600])[0])
    assert np.isfinite(whole).all()


def test_progress_adds_up_to_the_number_of_texts(embeddings: TextEmbeddings) -> None:
    heard: list[int] = []
    embeddings.encode_passages(SENTENCES[:20], heard.append)
    assert sum(heard) == 20


def test_a_question_is_nearest_to_the_passage_that_answers_it(
    embeddings: TextEmbeddings,
) -> None:
    passages = [
        "Een living lab is een plek waar inwoners en onderzoekers samen oplossingen uitproberen.",
        "De trein naar Groningen vertrekt om tien over negen van spoor 5.",
        "Schuldhulp begint met een gesprek over inkomsten en uitgaven.",
    ]
    scores = embeddings.encode_passages(passages) @ embeddings.encode_queries(["Wat is een living lab?"])[0]
    assert scores.argmax() == 0


def test_the_model_id_names_the_model_and_its_content(embeddings: TextEmbeddings) -> None:
    name, _, digest = embeddings.model_id.rpartition("-")
    assert name == "e5-small-nl"
    assert len(digest) == 12
    assert int(digest, 16) > 0


def test_the_model_folder_is_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in MODEL_FOLDER.iterdir()) <= MAX_FOLDER_BYTES


def test_a_folder_that_does_not_exist_is_a_clear_error() -> None:
    with pytest.raises(EmbeddingModelError, match=r"'/no/such/model'.*WEGWIJZER_EMBEDDING_MODEL") as caught:
        load_embeddings(Settings(embedding_model="/no/such/model"))
    assert caught.value.name == "/no/such/model"


def test_a_hub_name_without_a_network_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EmbeddingModelError, match=r"'nobody/no-model'.*WEGWIJZER_EMBEDDING_MODEL"):
        load_embeddings(Settings(embedding_model="nobody/no-model"))


def test_an_incomplete_model_folder_says_how_to_restore_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ingest.embedding.embeddings.MODEL_FOLDER", tmp_path)
    with pytest.raises(EmbeddingModelError, match="make model"):
        load_embeddings(Settings(embedding_model=None))


@pytest.mark.parametrize(
    ("name", "carried", "expected"),
    [
        ("clips/e5-small-trm-nl", {}, E5_PROMPTS),
        ("clips/e5-small-trm-nl", {"query": "", "document": ""}, E5_PROMPTS),
        ("org/model", {"query": "q: ", "document": "", "passage": "p: "}, Prompts("q: ", "p: ")),
        ("org/e5-own", {"query": "vraag: ", "document": "tekst: "}, Prompts("vraag: ", "tekst: ")),
        ("e5-fans/model", {}, Prompts("", "")),
    ],
)
def test_a_named_model_gets_its_own_prompts_or_those_of_e5(
    name: str, carried: dict[str, str | None], expected: Prompts
) -> None:
    assert _prompts(name, carried) == expected


def test_the_session_alone_and_a_sentence_transformer_give_the_same_vectors(
    embeddings: TextEmbeddings,
) -> None:
    transformer = load_sentence_transformer(Settings(embedding_model=None))
    texts = [*SENTENCES, "", "x", "lang " * 900]
    assert isinstance(embeddings, OnnxEmbeddings)
    assert (transformer.model_id, transformer.dimension) == (embeddings.model_id, embeddings.dimension)
    np.testing.assert_allclose(transformer.encode_queries(texts), embeddings.encode_queries(texts), atol=1e-6)
    passages = embeddings.encode_passages(texts)
    np.testing.assert_allclose(transformer.encode_passages(texts), passages, atol=1e-6)
