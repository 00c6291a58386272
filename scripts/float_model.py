"""Write multilingual-e5-small with float weights as a sentence-transformers folder: what others would use.

`python -m scripts.float_model FOLDER`; the weights are those that `ingest/model` was made from, untrimmed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.build_model import TOKENIZER, WEIGHTS, fetch
from scripts.e5_reference import sentence_transformer
from scripts.e5_weights import read_weights

if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m scripts.float_model", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder to write")
    folder = parser.parse_args().folder
    sentence_transformer(read_weights(fetch(WEIGHTS)), fetch(TOKENIZER).decode(), "cpu").save(str(folder))
