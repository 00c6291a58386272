"""What the vetoes on a language model's sentences catch, and what they wrongly reject.

Two measures: on pairs of a passage and a sentence by several writers, and on true sentences in which a
program changes one thing: a number, a name, or a negation that it drops.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.chain import Assistant
from assistant.llm.vetoes import names_in, veto
from assistant.llm.wording import NUMBERS
from ingest.documents.data_files import read_lines
from ingest.text.sentences import sentences
from ingest.types import Practice

HERE = Path(__file__).parent
PAIRS_FILES = (HERE / "support.jsonl", HERE / "passages.jsonl")
SEED = 7
_WORD = re.compile(r"\w+|\W+")
_CARDINALS = tuple(
    word for word, value in NUMBERS.items() if value in tuple("23456789") and not word.endswith("de")
)
_NEGATIONS = {"niet ": "", "geen ": "een ", "nooit ": "altijd "}

# `calibrate` and `passages` (first half of it, then its numbers) were looked at while the vetoes were made;
# `report` and `free` were not.
Part = Literal["calibrate", "report", "free", "passages"]


class SupportPair(BaseModel):
    """A sentence, a passage under its title, and whether the one supports the other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    split: Part
    kind: str
    supported: bool
    title: str
    passage: str
    sentence: str


def load_pairs(files: Sequence[Path] = PAIRS_FILES) -> list[SupportPair]:
    """Read the pairs; raise DocumentError when a line cannot be read."""
    return [pair for file in files for _, pair in read_lines(file, SupportPair)]


def measure_support(assistant: Assistant) -> str:
    """Return what the vetoes do on the pairs of each part."""
    pairs = load_pairs()
    lines: list[str] = []
    for name in dict.fromkeys(pair.split for pair in pairs):
        lines += _figures(name, [pair for pair in pairs if pair.split == name], assistant.index.practices)
    return "\n".join(lines)


def vetoed(pairs: Sequence[SupportPair], practices: Sequence[Practice]) -> list[tuple[SupportPair, str]]:
    """Return each pair with the veto on its sentence, or nothing; names are known from all the passages."""
    names = names_in("\n".join(dict.fromkeys(pair.passage for pair in pairs)))
    return [(pair, veto(pair.sentence, pair.passage, pair.title, practices, names)) for pair in pairs]


def changed(pairs: Sequence[SupportPair]) -> list[tuple[str, SupportPair]]:
    """Return true sentences and those of the passages, each with one thing changed, and what that is."""
    choose = random.Random(SEED)  # noqa: S311  # Nothing secret is drawn.
    names = sorted(set(re.findall(r"(?<=[a-z] )[A-Z][a-z]{3,}", " ".join(pair.passage for pair in pairs))))
    true = [pair for pair in pairs if pair.supported]
    own = [
        pair.model_copy(update={"sentence": pair.passage[span.start : span.end], "kind": "passage"})
        for pair in {pair.passage: pair for pair in true}.values()
        for span in sentences(pair.passage)
    ]
    return [
        (what, pair.model_copy(update={"sentence": text}))
        for pair in (*true, *own)
        for what, text in _changes(pair.sentence, names, choose)
    ]


def _changes(sentence: str, names: Sequence[str], choose: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the sentence with a number, a name or a negation changed, once for each of them."""
    tokens = _WORD.findall(sentence)
    for place, token in enumerate(tokens):
        before, after = "".join(tokens[:place]), "".join(tokens[place + 1 :])
        if token.isdigit():
            yield "number", f"{before}{int(token) + choose.choice((1, 2, 3, 10))}{after}"
        elif token in _CARDINALS:
            other = choose.choice([word for word in _CARDINALS if NUMBERS[word] != NUMBERS[token]])
            yield "number", f"{before}{other}{after}"
        elif place and token[0].isupper() and len(token) > 2 and tokens[place - 1] == " ":
            yield "name", f"{before}{choose.choice([name for name in names if name != token])}{after}"
    for negation, instead in _NEGATIONS.items():
        for match in re.finditer(rf"\b{negation}", sentence):
            yield "negation", f"{sentence[: match.start()]}{instead}{sentence[match.end() :]}"


def _figures(title: str, pairs: Sequence[SupportPair], practices: Sequence[Practice]) -> Iterator[str]:
    judged = vetoed(pairs, practices)
    true = [found for pair, found in judged if pair.supported]
    wrong = [found for pair, found in judged if not pair.supported]
    yield f"{title}: {len(judged)} pairs"
    yield f"  true sentences wrongly vetoed {_share(true)} {dict(Counter(filter(None, true)))}"
    yield f"  wrong sentences vetoed {_share(wrong)}; the reader has to see the others"
    for kind in dict.fromkeys(pair.kind for pair, _ in judged if not pair.supported):
        yield f"    {kind:<14}{_share([found for pair, found in judged if pair.kind == kind])}"
    mutants = changed(pairs)
    names = names_in("\n".join(dict.fromkeys(pair.passage for pair in pairs)))
    for what in ("number", "name", "negation"):
        for source in ("passage", "paraphrase"):
            found = [
                veto(pair.sentence, pair.passage, pair.title, practices, names)
                for kind, pair in mutants
                if kind == what and (pair.kind == "passage") == (source == "passage")
            ]
            yield f"  {what} changed in a {source:<12}{_share(found)} vetoed"


def _share(found: Sequence[str]) -> str:
    count = sum(map(bool, found))
    return f"{count / max(1, len(found)):.1%} ({count} of {len(found)})"
