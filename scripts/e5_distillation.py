"""Teach an encoder of half as many layers to give a text the vector that its teacher gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import torch
from datasets import Dataset
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch import Tensor, nn

from scripts.e5_graph import Matrix
from scripts.e5_reference import encoder_of, sentence_transformer, weights_of
from scripts.e5_training import SCALE, Course, train
from scripts.e5_weights import Weights

LAYERS = (0, 2, 4, 7, 9, 11)  # Of the teacher's twelve, where the student begins.
COURSE = Course(steps=4812, batch=1024, rate=5e-4, tokens=192)
TOKENS_SHARE = 0.22  # Of the steps: in the first the vector of every token counts too.
AWAY, TOKENS_AWAY = 20.0, 2.0  # How much distances count beside the nearness to other texts.
TOGETHER = 4  # Batches drawn at a time, then laid out by length, so that little is padding.
NEVER = -1e4


def distilled(
    teacher: Weights, tokenizer: str, shown: Mapping[str, float], course: Course = COURSE
) -> Weights:
    """Return the student of a teacher; `shown` are texts with their prompt, and how often each is shown."""
    small = layers_of(teacher, LAYERS)
    student = sentence_transformer(small, tokenizer)
    loss = FromTeacher(student, sentence_transformer(teacher, tokenizer), round(course.steps * TOKENS_SHARE))
    sampler = partial(ByWeight, shares=list(shown.values()), lengths=[len(text) for text in shown])
    train(student, Dataset.from_dict({"text": list(shown)}), loss, course, sampler=sampler)
    return weights_of(encoder_of(student), small.words, small)


def layers_of(weights: Weights, layers: Sequence[int]) -> Weights:
    """Return the encoder with only these layers, renumbered in order."""
    new = {f"l{old}": f"l{number}" for number, old in enumerate(layers)}

    def kept(arrays: Mapping[str, Matrix]) -> dict[str, Matrix]:
        parts = {name: name.partition(".") for name in arrays}
        return {
            f"{new.get(owner, owner)}.{part}": arrays[name]
            for name, (owner, _, part) in parts.items()
            if owner in new or owner == "emb"
        }

    return replace(weights, matrices=kept(weights.matrices), vectors=kept(weights.vectors))


class FromTeacher(nn.Module):
    """How far a student's vectors lie from its teacher's, and how differently they lie among each other."""

    def __init__(self, model: SentenceTransformer, teacher: SentenceTransformer, token_steps: int) -> None:
        super().__init__()
        self.model = model
        self.teacher = teacher.requires_grad_(False).eval()
        self.token_steps = token_steps

    def forward(self, features: Sequence[dict[str, Tensor]], labels: Tensor | None = None) -> Tensor:
        """Return the loss of one batch of texts."""
        (texts,) = features
        ours = self.model(dict(texts))
        with torch.no_grad():
            meant = self.teacher(dict(texts))
        with torch.autocast(texts["input_ids"].device.type, enabled=False):
            vectors, goals = ours["sentence_embedding"].float(), meant["sentence_embedding"].float()
            loss: Tensor = AWAY * (1 - (vectors * goals).sum(1)).mean() + _strayed(vectors, goals)
            if self.token_steps > 0:
                loss = loss + TOKENS_AWAY * _tokens_away(ours, meant)
        self.token_steps -= 1
        return loss


def _strayed(vectors: Tensor, goals: Tensor) -> Tensor:
    """Return how differently the texts of a batch lie around each of the teacher's vectors."""
    itself = torch.eye(len(goals), dtype=torch.bool, device=goals.device)

    def nearness(some: Tensor) -> Tensor:
        return (SCALE * some @ goals.T).masked_fill(itself, NEVER).log_softmax(1)

    ours, meant = nearness(vectors), nearness(goals)
    return nn.functional.kl_div(ours, meant, log_target=True, reduction="batchmean")


def _tokens_away(ours: Mapping[str, Tensor], meant: Mapping[str, Tensor]) -> Tensor:
    mask = ours["attention_mask"]
    near = nn.functional.cosine_similarity(
        ours["token_embeddings"].float(), meant["token_embeddings"].float(), dim=-1
    )
    away: Tensor = ((1 - near) * mask).sum() / mask.sum()
    return away


class ByWeight(DefaultBatchSampler):
    """Batches of texts of about one length; a text is drawn as often as its share says."""

    def __init__(
        self, dataset: Dataset, *, shares: Sequence[float], lengths: Sequence[int], **settings: object
    ) -> None:
        super().__init__(dataset, **settings)  # type: ignore[arg-type]
        self.shares, self.lengths = torch.tensor(shares), torch.tensor(lengths)

    def __iter__(self) -> Iterator[list[int]]:
        """Yield the batches of one pass; the course says how many are taken in all."""
        for _ in range(len(self) // TOGETHER):
            drawn = torch.multinomial(
                self.shares, TOGETHER * self.batch_size, replacement=True, generator=self.generator
            )
            ordered = drawn[self.lengths[drawn].argsort()].view(TOGETHER, self.batch_size)
            yield from ordered[torch.randperm(TOGETHER, generator=self.generator)].tolist()

    def __len__(self) -> int:
        """Return how many batches one pass has."""
        return TOGETHER * max(1, len(self.lengths) // (TOGETHER * self.batch_size))
