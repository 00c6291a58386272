"""How well the check on a language model's sentences works, on pairs of a sentence and a passage sentence."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.chain import Assistant
from assistant.llm.grammar.check import LEAST_COSINE, LEAST_SHARE, Signals, signals, supports
from errors import BatchLineError

PAIRS_FILE = Path(__file__).with_name("support.jsonl")
WANTED_REJECTED = 1.0  # Of the calibration part: what nobody has looked at yet slips through more often.
SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)
FLOOR_MARGIN = 0.03  # The floor lies so far below the lowest cosine of a supported pair.

# `calibrate` sets the thresholds; `report` nobody looked at; `free` says things in quite other words, and the
# wrong sentences that it let through were looked at afterwards.
Part = Literal["calibrate", "report", "free"]


class SupportPair(BaseModel):
    """A sentence, a sentence of a passage under its title, and whether the one supports the other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    split: Part
    kind: Literal[
        "paraphrase",
        "number",
        "practice",
        "cause",
        "negation",
        "organisation",
        "absent",
        "stronger",
        "roles",
    ]
    supported: bool
    title: str
    passage: str
    sentence: str


Judged = tuple[SupportPair, Signals]


def load_pairs(file: Path = PAIRS_FILE) -> list[SupportPair]:
    """Read the pairs; raise BatchLineError when a line cannot be read."""
    pairs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            pairs.append(SupportPair.model_validate_json(line))
        except ValidationError as error:
            raise BatchLineError(file, number, error.errors()[0]["msg"]) from error
    return pairs


def measure_support(assistant: Assistant, pairs: Sequence[SupportPair] | None = None) -> str:
    """Return what each threshold would do on the calibration part, and what ours do on each."""
    judged = judge_pairs(assistant, load_pairs() if pairs is None else pairs)
    parts = {name: [one for one in judged if one[0].split == name] for name in get_args(Part)}
    lines = [f"{len(judged)} pairs, model {assistant.index.manifest.model_id}", *_choose(parts["calibrate"])]
    for name, part in parts.items():
        lines += ["", *_figures(f"On the {name} pairs, share {LEAST_SHARE:g}, cosine {LEAST_COSINE:g}", part)]
    return "\n".join(lines)


def judge_pairs(assistant: Assistant, pairs: Sequence[SupportPair]) -> list[Judged]:
    """Return each pair with its signals."""
    embeddings, practices = assistant.retriever.embeddings, assistant.index.practices
    said = embeddings.encode_passages([pair.sentence for pair in pairs])
    source = embeddings.encode_passages([pair.passage for pair in pairs])
    cosines = np.sum(said * source, axis=1).tolist()
    return [
        (pair, signals(pair.sentence, pair.passage, pair.title, cosine, practices))
        for pair, cosine in zip(pairs, cosines, strict=True)
    ]


def rejected(judged: Sequence[Judged]) -> float:
    """Return the share of the wrong sentences that are rejected."""
    return float(np.mean([not supports(found) for pair, found in judged if not pair.supported]))


def kept(judged: Sequence[Judged]) -> float:
    """Return the share of the paraphrases that are kept."""
    return float(np.mean([supports(found) for pair, found in judged if pair.supported]))


def _choose(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield what each share would do with the vetoes in force, and the two values that follow from it."""
    yield f"\n{'Least share of known words':<34}{'rejected':>10}{'kept':>10}"
    chosen = (0.0, 1.0)
    for share in SHARES:
        wrong = np.mean([not _passes(found, share) for pair, found in judged if not pair.supported])
        right = np.mean([_passes(found, share) for pair, found in judged if pair.supported])
        yield f"  {share:<32.2f}{wrong:>10.1%}{right:>10.1%}"
        chosen = max(chosen, (float(right), share)) if wrong >= WANTED_REJECTED else chosen
    floor = min(found.cosine for pair, found in judged if pair.supported) - FLOOR_MARGIN
    yield f"Follows: LEAST_SHARE = {chosen[1]:g}, LEAST_COSINE = {floor:.2f} (assistant/llm/grammar/check.py)"


def _passes(found: Signals, share: float) -> bool:
    return not found.veto and found.share >= share


def _figures(title: str, judged: Sequence[Judged]) -> Iterator[str]:
    shown = [pair for pair, found in judged if supports(found)]
    precision = sum(pair.supported for pair in shown) / max(1, len(shown))
    yield f"{title}: {len(judged)} pairs"
    yield f"  wrong sentences rejected {rejected(judged):.1%}, paraphrases kept (recall) {kept(judged):.1%}"
    yield f"  precision of what is shown {precision:.1%}"
    for kind in dict.fromkeys(pair.kind for pair, _ in judged if not pair.supported):
        of_kind = [(pair, found) for pair, found in judged if pair.kind == kind]
        yield f"    {kind:<14}{rejected(of_kind):>8.1%} of {len(of_kind)} rejected"
