"""Cross-validate a fine-tuned encoder as adviser: the comparison behind the choice of a linear model.

`python -m scripts.experiments.compare_encoder` trains multilingual-e5-small with a linear layer on top, on
the situations of `corpus/situations`, and reports it on subjects that it never saw. It takes a quarter of
an hour.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold
from tokenizers import Tokenizer
from torch import Tensor, nn

from scripts.build_model import TOKENIZER, WEIGHTS, fetch
from scripts.e5_reference import bert
from scripts.e5_weights import HIDDEN, read_weights

PROJECT = Path(__file__).parents[2]
FOLDS, EPOCHS, BATCH, TOKENS = 3, 3, 16, 80
ENCODER_RATE, HEAD_RATE = 5e-5, 1e-3
SEED = 13


class Adviser(nn.Module):
    """An encoder, its mean over tokens, and a score for each practice."""

    def __init__(self, packed: bytes, labels: int) -> None:
        super().__init__()
        self.encoder = bert(read_weights(packed))
        self.encoder.embeddings.requires_grad_(False)
        self.head = nn.Linear(HIDDEN, labels)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the scores, shape (texts, labels)."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1)
        scores: Tensor = self.head((states * weights).sum(1) / weights.sum(1))
        return scores


def main() -> None:
    """Print the accuracy on unseen subjects."""
    packed = fetch(WEIGHTS)
    tokenizer = Tokenizer.from_str(fetch(TOKENIZER).decode())
    tokenizer.enable_truncation(TOKENS)
    tokenizer.enable_padding(pad_id=1)
    rows = [json.loads(line) for file in _files() for line in file.read_text(encoding="utf-8").splitlines()]
    names = sorted({row["practice"] for row in rows})
    texts = [f"query: {row['text']}" for row in rows]
    labels = np.asarray([names.index(row["practice"]) for row in rows])
    scores = np.zeros((len(rows), len(names)), dtype=np.float32)
    folds = GroupKFold(FOLDS).split(texts, labels, [row["subject"] for row in rows])
    for number, (seen, unseen) in enumerate(folds, start=1):
        adviser = _trained(packed, tokenizer, [texts[row] for row in seen], labels[seen], len(names))
        scores[unseen] = _scores(adviser, tokenizer, [texts[row] for row in unseen])
        _report(f"fold {number}", scores[unseen], labels[unseen])
    _report("all subjects", scores, labels)


def _files() -> list[Path]:
    return sorted((PROJECT / "corpus" / "situations").glob("*.jsonl"))


def _trained(
    packed: bytes, tokenizer: Tokenizer, texts: Sequence[str], labels: NDArray[np.int64], names: int
) -> Adviser:
    torch.manual_seed(SEED)
    shuffle = random.Random(SEED)  # noqa: S311 - the order of training texts is no secret.
    adviser = Adviser(packed, names).train()
    encoder = [weight for weight in adviser.encoder.parameters() if weight.requires_grad]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": adviser.head.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups)
    steps = EPOCHS * -(-len(texts) // BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, steps)
    for _ in range(EPOCHS):
        order = shuffle.sample(range(len(texts)), len(texts))
        for rows in (order[first : first + BATCH] for first in range(0, len(order), BATCH)):
            ids, mask = _encoded(tokenizer, [texts[row] for row in rows])
            loss = nn.functional.cross_entropy(adviser(ids, mask), torch.from_numpy(labels[rows]))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return adviser.eval()


def _scores(adviser: Adviser, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    with torch.inference_mode():
        parts = [adviser(*_encoded(tokenizer, batch)).numpy() for batch in _batches(texts)]
    return np.concatenate(parts)


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (texts[first : first + BATCH] for first in range(0, len(texts), BATCH))


def _encoded(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    encodings = tokenizer.encode_batch(list(texts))
    ids = torch.tensor([encoding.ids for encoding in encodings])
    return ids, torch.tensor([encoding.attention_mask for encoding in encodings])


def _report(name: str, scores: NDArray[np.float32], labels: NDArray[np.int64]) -> None:
    order = np.argsort(-scores, axis=1)
    first = float(np.mean(order[:, 0] == labels))
    two = float(np.mean((order[:, :2] == labels[:, None]).any(axis=1)))
    print(f"{name}: first {first:.3f}, among two {two:.3f}", flush=True)


if __name__ == "__main__":
    argparse.ArgumentParser("python -m scripts.experiments.compare_encoder", description=__doc__).parse_args()
    main()
