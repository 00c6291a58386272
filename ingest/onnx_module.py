"""Run an ONNX encoder inside SentenceTransformer, without the optimum stack."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnxruntime
import torch
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Tokenizer

MODEL_FILE, TOKENIZER_FILE, CONFIG_FILE = "model.onnx", "tokenizer.json", "config.json"
FILES = (MODEL_FILE, TOKENIZER_FILE, CONFIG_FILE)
MAX_CHARS_PER_TOKEN = (
    40  # No token is half as long; tokenising what is cut off anyway takes 0.3 s at 100,000.
)
PROVIDERS = ["CPUExecutionProvider"]  # Some operators of the int8 model exist only there.


class OnnxEncoder(InputModule):
    """Turn texts into token embeddings with ONNX Runtime; Pooling comes after it."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Open the model in the folder, to run with that many threads; raise OSError if a file is missing."""
        super().__init__()  # type: ignore[no-untyped-call]
        config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
        self.folder = folder
        self.max_seq_length = int(config["max_seq_length"])
        self.tokenizer = _load_tokenizer(folder / TOKENIZER_FILE, config["pad_token"], self.max_seq_length)
        self.session = _open_session(folder / MODEL_FILE, threads)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_options: object
    ) -> dict[str, torch.Tensor]:
        """Return `input_ids` and `attention_mask`, shape (texts, tokens), padded to the longest text."""
        most_chars = self.max_seq_length * MAX_CHARS_PER_TOKEN
        encodings = self.tokenizer.encode_batch([f"{prompt or ''}{text[:most_chars]}" for text in inputs])
        return {
            "input_ids": torch.tensor([encoding.ids for encoding in encodings]),
            "attention_mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
        }

    def forward(self, features: dict[str, Any], **_options: object) -> dict[str, Any]:
        """Add `token_embeddings`, shape (texts, tokens, dimension)."""
        feed = {name: features[name].numpy() for name in ("input_ids", "attention_mask")}
        (embeddings,) = self.session.run(["token_embeddings"], feed)
        return {**features, "token_embeddings": torch.from_numpy(embeddings)}

    def get_embedding_dimension(self) -> int:
        """Return the length of a token's vector."""
        return int(self.session.get_outputs()[0].shape[-1])

    def save(self, output_path: str, *_arguments: object, **_options: object) -> None:
        """Copy the model's files to the folder."""
        for name in FILES:
            shutil.copyfile(self.folder / name, Path(output_path) / name)


def _load_tokenizer(path: Path, pad_token: str, max_tokens: int) -> Tokenizer:
    """Read the tokenizer; it cuts at `max_tokens` and pads."""
    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id(pad_token), pad_token=pad_token)
    return tokenizer


def _open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open the model on the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # A waiting thread sleeps: with the cores shared by other questions, spinning made one take twice as long.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(path, options, providers=PROVIDERS)
