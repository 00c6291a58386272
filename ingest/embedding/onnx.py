"""Run an ONNX encoder with its tokenizer: texts to one vector a token, and no other library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

MODEL_FILE, TOKENIZER_FILE, CONFIG_FILE = "model.onnx", "tokenizer.json", "config.json"
FILES = (MODEL_FILE, TOKENIZER_FILE, CONFIG_FILE)
MAX_CHARS_PER_TOKEN = (
    40  # No token is half as long; tokenising what is cut off anyway takes 0.3 s at 100,000.
)
PROVIDERS = ["CPUExecutionProvider"]  # Some operators of the int8 model exist only there.

Tokens = NDArray[np.int64]


class OnnxModel:
    """A tokenizer and a session; several threads may use it at once, each of which takes one core."""

    def __init__(self, folder: Path) -> None:
        """Open the model in the folder; raise OSError if a file is missing."""
        config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
        self.folder = folder
        self.max_tokens = int(config["max_seq_length"])
        self.tokenizer = _load_tokenizer(folder / TOKENIZER_FILE, config["pad_token"], self.max_tokens)
        self.session = _open_session(folder / MODEL_FILE)

    @property
    def dimension(self) -> int:
        """Return the length of a token's vector."""
        return int(self.session.get_outputs()[0].shape[-1])

    def tokenize(self, texts: Sequence[str], prompt: str) -> tuple[Tokens, Tokens]:
        """Return the token ids and the attention mask, each (texts, tokens), padded to the longest text."""
        most_chars = self.max_tokens * MAX_CHARS_PER_TOKEN
        encodings = self.tokenizer.encode_batch([f"{prompt}{text[:most_chars]}" for text in texts])
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        return ids, np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)

    def token_vectors(self, ids: Tokens, mask: Tokens) -> NDArray[np.float32]:
        """Return the vector of each token, shape (texts, tokens, dimension)."""
        (vectors,) = self.session.run(["token_embeddings"], {"input_ids": ids, "attention_mask": mask})
        found: NDArray[np.float32] = vectors
        return found

    def text_vector(self, text: str, prompt: str) -> NDArray[np.float32]:
        """Return the unit vector of a text, shape (d,): the mean of its tokens' vectors, scaled."""
        mean = self.token_vectors(*self.tokenize([text], prompt))[0].mean(axis=0)
        unit: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return unit


def _load_tokenizer(path: Path, pad_token: str, max_tokens: int) -> Tokenizer:
    """Read the tokenizer; it cuts at `max_tokens` and pads."""
    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.enable_truncation(max_tokens)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id(pad_token), pad_token=pad_token)
    return tokenizer


def _open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open the model on the CPU."""
    options = onnxruntime.SessionOptions()
    # Two threads that stay awake between layers save 1.4 ms where nothing else runs, but take half as long
    # again where one core has other work: each of fifty matrix products then waits for the slower one.
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(path, options, providers=PROVIDERS)
