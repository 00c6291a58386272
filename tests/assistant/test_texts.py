"""The Dutch that visitors read: complete sentences, as sure as the advice is."""

import re

import pytest

from assistant import texts


@pytest.mark.parametrize(
    "line",
    [
        texts.GREETING,
        texts.GREETING_ADVICE,
        texts.THANKS,
        texts.FAREWELL,
        texts.HELP,
        texts.HELP_ADVICE,
        texts.REFUSAL,
    ],
)
def test_a_line_is_whole_sentences(line: str) -> None:
    assert line[0].isupper()
    assert line.endswith(".")


def test_a_refusal_says_what_can_be_asked() -> None:
    assert re.search(r"\b[Vv]raag|vragen\b", texts.REFUSAL)


@pytest.mark.parametrize("higher", [1.0, texts.SURE, texts.LIKELY])
def test_advice_sounds_less_sure_below_each_bound(higher: float) -> None:
    below = higher - 0.01 if higher < 1 else texts.SURE - 0.01
    assert texts.advice_line("Lab", higher) != texts.advice_line("Lab", below)
    assert texts.how_sure(higher) != texts.how_sure(below)


def test_advice_names_its_practice() -> None:
    assert all("Lab" in texts.advice_line("Lab", probability) for probability in (0.2, 0.6, 0.9))


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.997, "meer dan 95%"), (0.95, "95%"), (0.62, "62%"), (0.05, "5%"), (0.01, "minder dan 5%")],
)
def test_a_share_is_capped_at_both_ends(probability: float, said: str) -> None:
    assert texts.share(probability) == said
