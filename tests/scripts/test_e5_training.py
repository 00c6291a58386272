"""Training lowers its loss, a student comes nearer to its teacher, and the graph gives its vectors."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sentence_transformers.base.sampler import BatchSamplers
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

from ingest.embedding.embeddings import MODEL_FOLDER
from ingest.embedding.onnx import OnnxModel
from scripts.e5_distillation import LAYERS, distilled, layers_of
from scripts.e5_graph import encoder
from scripts.e5_pairs import TrainingPair, datasets
from scripts.e5_reference import activation_maxima, reference_vectors, sentence_transformer
from scripts.e5_training import Course, averaged, train
from scripts.e5_weights import BLOCK, HIDDEN, INTERMEDIATE, POSITIONS, QuantisedMatrix, Weights
from scripts.plain_dutch import texts_of

TOKENIZER = (MODEL_FOLDER / "tokenizer.json").read_text(encoding="utf-8")
TEXTS = [
    "query: Wat is een lab?",
    "query: Wie doet er mee?",
    "query: Hoe lang duurt het?",
    "query: Waar begin ik?",
    "query: Wat kost een traject?",
    "passage: Een lab is een plek.",
    "passage: Iedereen mag meedoen.",
    "passage: Het duurt een jaar.",
]
QUICK = Course(steps=12, batch=8, rate=5e-4, tokens=16)


def _weights(layers: int) -> Weights:
    """Return random weights for the words of the embedded model's tokenizer."""
    generator = np.random.default_rng(1)
    words = len(json.loads(TOKENIZER)["model"]["vocab"])
    matrices, vectors = dict[str, NDArray[np.float32]](), dict[str, NDArray[np.float32]]()

    def normal(*shape: int) -> NDArray[np.float32]:
        return generator.normal(0, 0.05, shape).astype(np.float32)

    for layer in range(layers):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            rows = INTERMEDIATE if part == "fi" else HIDDEN
            matrices[f"l{layer}.{part}.w"] = normal(rows, INTERMEDIATE if part == "fo" else HIDDEN)
            vectors[f"l{layer}.{part}.b"] = normal(rows)
    for name in ("emb.ln", *(f"l{layer}.{part}" for layer in range(layers) for part in ("aln", "oln"))):
        vectors |= {f"{name}.w": 1 + normal(HIDDEN), f"{name}.b": normal(HIDDEN)}
    vectors |= {"emb.pos": normal(POSITIONS, HIDDEN), "emb.type": normal(2, HIDDEN)}
    codes = generator.integers(0, 16, (words, HIDDEN)).astype(np.uint8)
    return Weights(
        QuantisedMatrix(codes, np.full((words, HIDDEN // BLOCK), 0.01, np.float32)), matrices, vectors
    )


@pytest.fixture(scope="module")
def teacher() -> Weights:
    """Return a teacher of twelve random layers."""
    return _weights(12)


@pytest.fixture(scope="module")
def student(teacher: Weights) -> Weights:
    """Return what it taught in a few steps."""
    return distilled(teacher, TOKENIZER, dict.fromkeys(TEXTS, 1.0), QUICK)


def _near(weights: Weights, teacher: Weights) -> float:
    """Return the mean cosine of the vectors of both."""
    ours, meant = (reference_vectors(one, TOKENIZER, TEXTS) for one in (weights, teacher))
    return float((ours * meant).sum(axis=1).mean())


def test_a_student_has_half_of_the_layers_and_comes_nearer_to_its_teacher(
    teacher: Weights, student: Weights
) -> None:
    before = layers_of(teacher, LAYERS)
    assert (teacher.layers, before.layers, student.layers) == (12, 6, 6)
    np.testing.assert_array_equal(before.matrices["l5.q.w"], teacher.matrices["l11.q.w"])
    assert _near(student, teacher) > _near(before, teacher)


def test_the_graph_of_a_student_gives_its_vectors(student: Weights, tmp_path: Path) -> None:
    maxima = activation_maxima(student, TOKENIZER, TEXTS)
    (tmp_path / "model.onnx").write_bytes(encoder(student, maxima).SerializeToString())
    (tmp_path / "tokenizer.json").write_text(TOKENIZER, encoding="utf-8")
    (tmp_path / "config.json").write_text(json.dumps({"max_seq_length": POSITIONS, "pad_token": "<pad>"}))
    model = OnnxModel(tmp_path)
    written = np.stack([model.text_vector(text, "") for text in TEXTS])
    assert (written * reference_vectors(student, TOKENIZER, TEXTS)).sum(axis=1).min() > 0.99


def test_training_on_questions_lowers_the_loss() -> None:
    pairs = [
        TrainingPair(text, (question,), (question,), ("practice a",))
        for question, text in zip(TEXTS[:3], TEXTS[5:], strict=True)
    ]
    model = sentence_transformer(_weights(2), TOKENIZER)
    data = datasets(pairs, random.Random(1))  # noqa: S311 - the order of texts is no secret.
    losses = train(
        model, data, MultipleNegativesRankingLoss(model), QUICK,
        sampler=BatchSamplers.NO_DUPLICATES,
    )  # fmt: skip
    assert len(losses) == QUICK.steps
    assert losses[-1] < losses[0] / 2


def test_an_average_counts_each_part_for_its_share() -> None:
    one = _weights(1)
    other = Weights(one.words, {name: 2 * values for name, values in one.matrices.items()}, one.vectors)
    mean = averaged((0.25, one), (0.75, other))
    np.testing.assert_allclose(mean.matrices["l0.q.w"], 1.75 * one.matrices["l0.q.w"], rtol=1e-5)
    np.testing.assert_allclose(mean.vectors["l0.q.b"], one.vectors["l0.q.b"], rtol=1e-5)


def test_only_dutch_sentences_of_a_paragraph_are_kept() -> None:
    dutch, english = "Klik op de knop om het bestand op te slaan.", "Click the button to save this file."
    assert texts_of(english) == []
    assert texts_of(f"{dutch} Dit is de tweede zin.") == [
        dutch,
        "Dit is de tweede zin.",
        f"{dutch} Dit is de tweede zin.",
    ]
    assert texts_of("ls -l /usr") == []
