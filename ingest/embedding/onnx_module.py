"""Put an ONNX encoder inside SentenceTransformer, without the optimum stack."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules.input_module import InputModule

from ingest.embedding.onnx import FILES, OnnxModel


class OnnxEncoder(InputModule):
    """Turn texts into token embeddings with ONNX Runtime; Pooling comes after it."""

    def __init__(self, folder: Path) -> None:
        """Open the model in the folder; raise OSError if a file is missing."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.model = OnnxModel(folder)
        self.tokenizer = self.model.tokenizer
        self.max_seq_length = self.model.max_tokens

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_options: object
    ) -> dict[str, torch.Tensor]:
        """Return `input_ids` and `attention_mask`, shape (texts, tokens), padded to the longest text."""
        ids, mask = self.model.tokenize(inputs, prompt or "")
        return {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}

    def forward(self, features: dict[str, Any], **_options: object) -> dict[str, Any]:
        """Add `token_embeddings`, shape (texts, tokens, dimension)."""
        vectors = self.model.token_vectors(features["input_ids"].numpy(), features["attention_mask"].numpy())
        return {**features, "token_embeddings": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """Return the length of a token's vector."""
        return self.model.dimension

    def save(self, output_path: str, *_arguments: object, **_options: object) -> None:
        """Copy the model's files to the folder."""
        for name in FILES:
            shutil.copyfile(self.model.folder / name, Path(output_path) / name)
