"""A network learns what no single piece of evidence tells, and is kept as it was."""

from pathlib import Path

import numpy as np
import pytest

from ingest.learning.network import Network, learn_network, load_network

EVIDENCE = np.asarray([(0, 0), (0, 1), (1, 0), (1, 1)] * 50, dtype=np.float32)
LABELS = ["nee", "ja", "ja", "nee"] * 50  # Ja when one of both holds, but not both.


@pytest.fixture(scope="module", name="network")
def learnt() -> Network:
    return learn_network(EVIDENCE, LABELS, np.ones(2, np.float32), units=16, epochs=400, decay=1e-4)


def test_pieces_of_evidence_are_weighed_by_each_other(network: Network) -> None:
    told = [network.probabilities(row) for row in EVIDENCE[:4]]
    assert [max(one, key=lambda label: one[label]) for one in told] == LABELS[:4]
    assert [sum(one.values()) for one in told] == pytest.approx([1, 1, 1, 1])


def test_scales_are_part_of_what_is_learnt() -> None:
    scaled = learn_network(
        (EVIDENCE / 8).astype(np.float32), LABELS, np.full(2, 8, np.float32), units=16, epochs=400, decay=1e-4
    )
    plain = learn_network(EVIDENCE, LABELS, np.ones(2, np.float32), units=16, epochs=400, decay=1e-4)
    assert scaled.probabilities(EVIDENCE[1] / 8) == pytest.approx(plain.probabilities(EVIDENCE[1]), abs=1e-3)


def test_a_saved_network_gives_the_same_probabilities(network: Network, tmp_path: Path) -> None:
    network.save(tmp_path / "settles.npz")
    loaded = load_network(tmp_path / "settles.npz")
    for row in EVIDENCE[:4]:
        assert loaded.probabilities(row) == pytest.approx(network.probabilities(row), abs=1e-2)
