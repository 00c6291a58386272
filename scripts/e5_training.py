"""Train the encoder so that a question lies near the sentence that answers it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import BatchSamplers, DefaultBatchSampler
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from torch import nn

from scripts.e5_graph import Matrix
from scripts.e5_pairs import TWINS, TrainingPair, datasets
from scripts.e5_reference import EMBEDDINGS, encoder_of, sentence_transformer, weights_of
from scripts.e5_vocabulary import PROMPTS
from scripts.e5_weights import Weights

SCALE = 1 / 0.03  # One by the temperature.
WARM_UP = 0.05  # The share of the steps in which the rate rises.
DECAY, MOST_GRADIENT, SLOW_MOMENT = 0.01, 1.0, 0.98
SEED = 13


@dataclass(frozen=True, slots=True)
class Course:
    """How long, on how many texts at a time, how fast and on how many tokens of a text to train."""

    steps: int
    batch: int
    rate: float
    tokens: int


def contrasted(weights: Weights, tokenizer: str, pairs: Sequence[TrainingPair], course: Course) -> Weights:
    """Return the weights after training on questions with what answers them.

    Contrastive, with the other sentences of a batch as wrong answers (Wang et al., 2022, E5).
    """
    model = sentence_transformer(weights, tokenizer)
    data = datasets(pairs, random.Random(SEED))  # noqa: S311 - the order of training texts is no secret.
    train(
        model, data, MultipleNegativesRankingLoss(model, scale=SCALE), course,
        sampler=BatchSamplers.NO_DUPLICATES, prompts={name: _prompts(name) for name in data},
    )  # fmt: skip
    return weights_of(encoder_of(model), weights.words, weights)


def averaged(*parts: tuple[float, Weights]) -> Weights:
    """Return the mean of weights of one shape, each counting for its share (Wortsman et al., 2022, soups)."""
    first = parts[0][1]

    def mean(arrays: Callable[[Weights], Mapping[str, Matrix]]) -> dict[str, Matrix]:
        shares = np.array([share for share, _ in parts], dtype=np.float32)
        return {
            name: np.tensordot(shares, np.stack([arrays(part)[name] for _, part in parts]), 1)
            for name in arrays(first)
        }

    return Weights(first.words, mean(lambda part: part.matrices), mean(lambda part: part.vectors))


def train(
    model: SentenceTransformer,
    data: Dataset | dict[str, Dataset],
    loss: nn.Module,
    course: Course,
    *,
    sampler: BatchSamplers | Callable[..., DefaultBatchSampler],
    prompts: dict[str, dict[str, str]] | None = None,
) -> list[float]:
    """Train every layer of a model, not its embeddings, and return the losses noted on the way."""
    model.max_seq_length = course.tokens
    for name in EMBEDDINGS.values():
        encoder_of(model).embeddings.get_submodule(name).requires_grad_(False)
    gpu = torch.cuda.is_available()
    with tempfile.TemporaryDirectory() as folder:
        settings = SentenceTransformerTrainingArguments(
            output_dir=folder,
            max_steps=course.steps,
            per_device_train_batch_size=course.batch,
            learning_rate=course.rate,
            warmup_steps=WARM_UP,
            weight_decay=DECAY,
            max_grad_norm=MOST_GRADIENT,
            adam_beta2=SLOW_MOMENT,
            prompts=prompts,
            batch_sampler=sampler,
            seed=SEED,
            bf16=gpu,
            dataloader_pin_memory=gpu,
            save_strategy="no",
            report_to="none",
            logging_steps=max(1, course.steps // 20),
        )
        trainer = SentenceTransformerTrainer(model, settings, train_dataset=data, loss=loss)
        trainer.train()
    return [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]


def _prompts(dataset: str) -> dict[str, str]:
    query, passage = PROMPTS
    return {"anchor": query, "positive": query if dataset.startswith(TWINS) else passage}
