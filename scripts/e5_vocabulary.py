"""Choose the tokens that Dutch needs and write a tokenizer with only those."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from wordfreq import top_n_list

DUTCH_FORMS, ENGLISH_FORMS = 310_000, 20_000
MIN_COUNT = 2  # A token that only one rare form needs is as well written in pieces.
COMMON_DUTCH, COMMON_ENGLISH = 20_000, 5_000  # Forms whose tokens all stay: '▁wordt' occurs in 'wordt' alone.
CALIBRATION_TEXTS, CALIBRATION_WORDS = 64, 2_000
LAST_EUROPEAN_LETTER = 0x3FF  # Latin with its accents, combining marks and Greek.
LAST_TEXT_SYMBOL = 0x25FF  # Beyond the quotes, dashes, currencies, arrows and bullets lie emoji and CJK.
PROMPTS = ("query: ", "passage: ")
SPACE = "▁"


def kept_tokens(tokenizer_json: str) -> NDArray[np.int64]:
    """Return the ids to keep, ascending: what Dutch and common English use, characters, numbers, specials."""
    definition = json.loads(tokenizer_json)
    tokenizer = Tokenizer.from_str(tokenizer_json)
    dutch, english = top_n_list("nl", DUTCH_FORMS), top_n_list("en", ENGLISH_FORMS)
    used = _counts(tokenizer, [*dutch, *map(str.capitalize, dutch), *english])
    common = _counts(tokenizer, [*PROMPTS, *_in_text(dutch[:COMMON_DUTCH]), *english[:COMMON_ENGLISH]])
    keep = {token["id"] for token in definition["added_tokens"]} | set(common)
    keep |= {token for token, count in used.items() if count >= MIN_COUNT}
    keep |= {token for token, (piece, _) in enumerate(definition["model"]["vocab"]) if _is_basic(piece)}
    return np.array(sorted(keep))


def calibration_texts() -> list[str]:
    """Return questions and passages of 3 to 60 common Dutch words, the same in every build."""
    generator = np.random.default_rng(0)
    words = top_n_list("nl", CALIBRATION_WORDS)
    lengths = generator.integers(3, 60, CALIBRATION_TEXTS)
    return [
        PROMPTS[row % len(PROMPTS)] + " ".join(generator.choice(words, length)) + "."
        for row, length in enumerate(lengths)
    ]


def trim_tokenizer(tokenizer_json: str, keep: NDArray[np.int64]) -> str:
    """Return the tokenizer with only these tokens, renumbered in order, scores unchanged."""
    definition = json.loads(tokenizer_json)
    renumbered = {int(old): new for new, old in enumerate(keep)}
    model = definition["model"]
    model["vocab"] = [model["vocab"][old] for old in renumbered]
    model["unk_id"] = renumbered[model["unk_id"]]
    for token in definition["added_tokens"]:
        token["id"] = renumbered[token["id"]]
    _renumber_template(definition["post_processor"], renumbered)
    return json.dumps(definition, ensure_ascii=False, separators=(",", ":"))


def _renumber_template(template: dict[str, Any], renumbered: dict[int, int]) -> None:
    """Set the new ids of the post-processor's special tokens."""
    for special in template["special_tokens"].values():
        special["ids"] = [renumbered[old] for old in special["ids"]]


def _in_text(words: Sequence[str]) -> Iterator[str]:
    """Yield the words as text prints them: also with a capital, in capitals, after a bracket or a quote."""
    for word in words:
        capital = word.capitalize()
        yield from (word, capital, word.upper(), f"({word}", f"({capital}", f'"{capital}')


def _counts(tokenizer: Tokenizer, texts: Sequence[str]) -> Counter[int]:
    """Count how often each token occurs over all texts."""
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    return Counter(chain.from_iterable(encoding.ids for encoding in encodings))


def _is_basic(piece: str) -> bool:
    """Return whether it is one European letter, or digits and marks only, such as '(2018)'."""
    text = piece.removeprefix(SPACE)
    if len(text) == 1 and (ord(text) <= LAST_EUROPEAN_LETTER or _category(text) in "PSN"):
        return True
    return all(
        (mark.isascii() and mark.isdigit()) or (ord(mark) <= LAST_TEXT_SYMBOL and _category(mark) in "PS")
        for mark in text
    )


def _category(character: str) -> str:
    """Return the first letter of its Unicode category, in which P is punctuation, S a symbol, N a number."""
    return unicodedata.category(character)[0]
