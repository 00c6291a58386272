"""The small text classifier: probabilities that sum to 1, the same after saving, and character n-grams."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.learning.classifier import TextClassifier, char_ngrams, load_classifier
from ingest.learning.training import Examples, fit, held_out_logits, temperature, train

WORDS = {
    "lab": ("proberen", "bedenken", "testen", "bouwen", "ontwerpen"),
    "kring": ("delen", "vertellen", "luisteren", "uitwisselen", "bespreken"),
    "sprint": ("versnellen", "halveren", "meten", "verkorten", "besparen"),
}
AXES = {"lab": 0, "kring": 1, "sprint": 2}


def make_examples(labels: tuple[str, ...] = ("lab", "kring", "sprint")) -> Examples:
    """Return texts that are easy to tell apart, about five subjects."""
    rows = [(label, word, place) for label in labels for place, word in enumerate(WORDS[label])]
    noise = np.random.default_rng(1).normal(0, 0.1, (len(rows), 3))
    return Examples(
        texts=[f"Wij willen {word} in de wijk" for _, word, _ in rows],
        embeddings=(np.eye(3)[[AXES[label] for label, _, _ in rows]] + noise).astype(np.float32),
        labels=[label for label, _, _ in rows],
        groups=[f"onderwerp {place}" for _, _, place in rows],
        weights=np.ones(len(rows)),
    )


@pytest.fixture(
    scope="module", params=[("lab", "kring", "sprint"), ("lab", "kring")], ids=["three labels", "two labels"]
)
def classifier(request: pytest.FixtureRequest) -> TextClassifier:
    """Train a classifier on the examples."""
    return train(make_examples(request.param))


def test_a_text_like_the_examples_gets_their_label(classifier: TextClassifier) -> None:
    for label in classifier.labels:
        vector = np.eye(3, dtype=np.float32)[AXES[label]]
        found = classifier.probabilities(f"wij gaan {WORDS[label][0]}", vector)
        assert max(found, key=lambda name: found[name]) == label


@given(st.text(max_size=200), st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3))
def test_probabilities_of_any_text_sum_to_one(text: str, values: list[float]) -> None:
    found = TRAINED.probabilities(text, np.asarray(values, dtype=np.float32))
    assert set(found) == {"lab", "kring", "sprint"}
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 <= value <= 1 for value in found.values())


def test_a_saved_classifier_gives_the_same_probabilities(classifier: TextClassifier, tmp_path: Path) -> None:
    classifier.save(tmp_path / "advies.npz")
    loaded = load_classifier(tmp_path / "advies.npz")
    vector = np.asarray([0.2, 0.5, 0.1], dtype=np.float32)
    for text in ("wij willen testen en delen", "", "zzz", "é" * 50):
        assert loaded.probabilities(text, vector) == pytest.approx(
            classifier.probabilities(text, vector), abs=1e-3
        )


def test_training_twice_gives_the_same_classifier() -> None:
    vector = np.asarray([0.2, 0.5, 0.1], dtype=np.float32)
    one, other = train(make_examples()), train(make_examples())
    assert one.probabilities("wij willen testen", vector) == other.probabilities("wij willen testen", vector)


def test_held_out_logits_are_made_without_the_texts_own_subject() -> None:
    examples = make_examples()
    logits = held_out_logits(examples)
    assert logits.shape == (len(examples.texts), 3)
    names = sorted(set(examples.labels))
    assert [names[column] for column in logits.argmax(axis=1)] == list(examples.labels)
    assert not np.allclose(logits[0], fit(examples).logits(examples.texts[0], examples.embeddings[0]))


def test_the_temperature_softens_what_is_too_sure_and_sharpens_what_is_too_shy() -> None:
    targets = np.asarray([0, 0, 1, 1] * 10)
    half_right = np.tile(np.asarray([[9, 0], [0, 9], [0, 9], [9, 0]], dtype=np.float32), (10, 1))
    right = np.tile(np.asarray([[0.1, 0], [0.1, 0], [0, 0.1], [0, 0.1]], dtype=np.float32), (10, 1))
    assert temperature(half_right, targets) > 2
    assert temperature(right, targets) < 0.5


def test_n_grams_stand_within_words_with_their_borders() -> None:
    assert char_ngrams("Lab") == [" la", "lab", "ab ", " lab", "lab ", " lab "]
    assert char_ngrams("é") == [" e ", " e ", " e "]
    assert char_ngrams("  ") == []


def test_n_grams_of_two_words_are_those_of_each() -> None:
    assert char_ngrams("een lab") == char_ngrams("een") + char_ngrams("lab")


TRAINED = train(make_examples())


@pytest.mark.parametrize("groups", [["een"] * 10, ["een"] * 5 + ["twee"] * 5], ids=["one", "one a label"])
def test_too_few_groups_to_leave_one_out_are_learnt_from_all_the_same(groups: list[str]) -> None:
    examples = replace(make_examples(("lab", "kring")), groups=groups)
    classifier = train(examples)
    assert (classifier.temperature, classifier.labels) == (1.0, ("kring", "lab"))
