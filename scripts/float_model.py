"""Write multilingual-e5-small with float weights as a sentence-transformers folder: what others would use.

`python -m scripts.float_model FOLDER`; the weights are those that `ingest/model` was made from, untrimmed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from scripts.build_model import TOKENIZER, WEIGHTS, fetch
from scripts.e5_reference import bert
from scripts.e5_weights import POSITIONS, read_weights

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


def main(folder: Path) -> None:
    """Fetch the weights and the tokenizer, and write the folder."""
    plain = folder / "transformer"
    bert(read_weights(fetch(WEIGHTS))).save_pretrained(plain)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=Tokenizer.from_str(fetch(TOKENIZER).decode()), model_max_length=POSITIONS, **SPECIALS
    )
    tokenizer.save_pretrained(plain)
    encoder = Transformer(str(plain))
    pooling = Pooling(encoder.get_embedding_dimension(), "mean")
    SentenceTransformer(modules=[encoder, pooling, Normalize()], device="cpu").save(str(folder))


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m scripts.float_model", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder to write")
    main(parser.parse_args().folder)
