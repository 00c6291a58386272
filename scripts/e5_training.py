"""Fine-tune the encoder so that a question lies near the sentence that answers it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from tqdm import tqdm

from scripts.e5_pairs import Batch, Pair, epoch
from scripts.e5_reference import bert, weights_of
from scripts.e5_vocabulary import PROMPTS
from scripts.e5_weights import Weights

STEPS, WARM_UP = 240, 20
RATE = 7e-5
TEMPERATURE = 0.03
TWINS = 0.5  # Weight of 'two questions of one sentence lie close' beside 'a question lies near its sentence'.
DECAY, MOST_GRADIENT = 0.01, 1.0
TOKENS = 128
PAD = 1
NEVER = -1e4
SEED = 13


def fine_tuned(weights: Weights, tokenizer_json: str, pairs: Sequence[Pair]) -> Weights:
    """Return the weights after training; word embeddings stay as they were.

    Contrastive, with the other sentences of a batch as wrong answers (Wang et al., 2022, E5).
    """
    torch.manual_seed(SEED)
    shuffle = random.Random(SEED)  # noqa: S311 - the order of training texts is no secret.
    tokenizer = Tokenizer.from_str(tokenizer_json)
    tokenizer.enable_truncation(TOKENS)
    tokenizer.enable_padding(pad_id=PAD)
    model = bert(weights).train()
    model.embeddings.requires_grad_(False)
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _rate)
    for batch in tqdm(_batches(pairs, shuffle), total=STEPS, desc="Training", unit="batch"):
        loss = _loss(model, tokenizer, batch)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(trained, MOST_GRADIENT)
        optimiser.step()
        schedule.step()
    return weights_of(model.eval(), weights.words, weights)


def _rate(step: int) -> float:
    return min(1.0, (step + 1) / WARM_UP) * max(0.0, 1 - step / STEPS)


def _batches(pairs: Sequence[Pair], shuffle: random.Random) -> Iterator[Batch]:
    left = STEPS
    while left > 0:
        for batch in epoch(pairs, shuffle)[:left]:
            yield batch
            left -= 1


def _loss(model: nn.Module, tokenizer: Tokenizer, batch: Batch) -> Tensor:
    query, passage = PROMPTS
    questions = [query + question for _, shown in batch for question in shown]
    vectors = _embed(model, tokenizer, questions + [passage + pair.sentence for pair, _ in batch])
    asked, sentences = vectors[: len(questions)], vectors[len(questions) :]
    owner = torch.tensor([row for row, (_, shown) in enumerate(batch) for _ in shown])
    kind = _kinds([pair.sentence for pair, _ in batch])
    to_sentences = asked @ sentences.T / TEMPERATURE
    repeats = kind[owner][:, None] == kind[None, :]
    repeats[torch.arange(len(owner)), owner] = False
    found = nn.functional.cross_entropy(to_sentences.masked_fill(repeats, NEVER), owner)
    return found + TWINS * _apart_of_twins(asked @ asked.T / TEMPERATURE, kind[owner])


def _kinds(sentences: Sequence[str]) -> Tensor:
    """Return a number for each sentence, the same for equal ones: a batch may hold one twice."""
    numbers: Mapping[str, int] = {
        sentence: number for number, sentence in enumerate(dict.fromkeys(sentences))
    }
    return torch.tensor([numbers[sentence] for sentence in sentences])


def _apart_of_twins(scores: Tensor, kind: Tensor) -> Tensor:
    """Return how little of each question's nearness goes to the other questions of its sentence."""
    itself = torch.eye(len(kind), dtype=torch.bool)
    twins = (kind[:, None] == kind[None, :]) & ~itself
    near = torch.logsumexp(scores.masked_fill(~twins, NEVER), 1)
    every = torch.logsumexp(scores.masked_fill(itself, NEVER), 1)
    has = twins.any(1)
    return (every - near)[has].sum() / max(1, int(has.sum()))


def _embed(model: nn.Module, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Return the unit vectors of texts that carry their prompt, shape (n, d)."""
    encodings = tokenizer.encode_batch(list(texts))
    ids = torch.tensor([encoding.ids for encoding in encodings])
    mask = torch.tensor([encoding.attention_mask for encoding in encodings])
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1)
        means = (hidden * weights).sum(1) / weights.sum(1)
    return nn.functional.normalize(means.float(), dim=1)
