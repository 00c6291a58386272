"""Give a Dutch question the errors that people make while typing."""

from __future__ import annotations

import random
import re

LOWER = NO_PUNCTUATION = 0.6
WORDS_HIT = (0.1, 0.2, 0.35)  # Shares of the words that get an error.
JOINED = SPLIT = 0.15
SHORTEST, LONG_WORD = 4, 8
CHAT = {
    "het": "t", "een": "n", "even": "ff", "niet": "nie", "dat": "da", "wat": "wa", "ik": "k", "met": "mee",
    "waarom": "wrm", "eigenlijk": "eig", "bijvoorbeeld": "bv",
}  # fmt: skip
SOUNDS = (
    ("ij", "ei"), ("ei", "ij"), ("ou", "au"), ("dt", "d"), ("ch", "g"), ("c", "k"), ("z", "s"), ("v", "f"),
    ("aa", "a"), ("ee", "e"), ("oo", "o"),
)  # fmt: skip
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl",
    "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "eq",
}  # fmt: skip


def with_errors(text: str, chance: random.Random) -> str:
    """Return a text with a few typing errors, chat words and missing or misplaced spaces."""
    if chance.random() < LOWER:
        text = text.lower()
    if chance.random() < NO_PUNCTUATION:
        text = re.sub(r"[?.,!;:'’]", "", text)
    words = text.split(" ")
    for place in chance.sample(range(len(words)), max(1, round(len(words) * chance.choice(WORDS_HIT)))):
        words[place] = CHAT.get(words[place].lower()) or _misspelled(words[place], chance)
    return " ".join(_spaced(words, chance))


def _misspelled(word: str, chance: random.Random) -> str:
    if len(word) < SHORTEST or not word.isalpha():
        return word
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        (
            before + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
            before + chance.choice(NEIGHBOURS.get(letter.lower(), letter)) + after,
            _by_sound(word, chance),
            _wrong_ending(word),
        )
    )


def _by_sound(word: str, chance: random.Random) -> str:
    fitting = [pair for pair in SOUNDS if pair[0] in word]
    return word.replace(*chance.choice(fitting), 1) if fitting else word


def _wrong_ending(word: str) -> str:
    if word.endswith("d"):
        return word + "t"
    return word[:-1] + "d" if word.endswith("t") else word


def _spaced(words: list[str], chance: random.Random) -> list[str]:
    if len(words) > SHORTEST and chance.random() < JOINED:
        at = chance.randrange(len(words) - 1)
        words = [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    if len(words[longest]) > LONG_WORD and chance.random() < SPLIT:
        at = chance.randrange(SHORTEST, len(words[longest]) - 3)
        words[longest] = f"{words[longest][:at]} {words[longest][at:]}"
    return words
