"""Each veto rejects what it is for, and leaves true paraphrases alone as often as was promised."""

import random

import pytest

from assistant.llm.vetoes import names_in, veto
from evals.compare.support import SupportPair, changed, load_pairs, vetoed
from ingest.index.open import Index
from ingest.types import Practice

LAB = Practice("lab", "Living lab", "", ("living lab", "lab"))
COP = Practice("cop", "Community of practice", "", ("CoP", "community of practice"))
BLOCK = (
    "In de proef in Meppel testen acht bewoners zes weken lang een hulpmiddel. De wethouder is er niet bij. "
    "De gemeente betaalt 4.000 euro, 6,4 procent van het budget. Het living lab begint op dinsdag 3 maart."
)
MOST_TRUE_VETOED = 0.03
LEAST_CAUGHT = 0.9
UNSEEN = ("report", "free", "passages")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Acht mensen uit de buurt testen in Meppel een hulpmiddel.", ""),
        ("Acht bewoners testen acht weken lang een hulpmiddel.", "number"),
        ("Bewoners testen het hulpmiddel zes maanden lang.", "number"),
        ("De proef duurt 6 weken.", ""),
        ("De proef telt twee groepen: bewoners en de gemeente.", ""),
        ("De gemeente betaalt 4000 euro.", ""),
        ("De gemeente betaalt € 4.000.", ""),
        ("De gemeente betaalt 5.000 euro.", "number"),
        ("Het gaat om 64 procent van het budget.", "number"),
        ("De start is op woensdag.", "number"),
        ("De start is in april.", "number"),
        ("In Almelo testen bewoners een hulpmiddel.", "name"),
        ("Volgens de VNG is de wethouder er niet bij.", "name"),
        ("Meppelse bewoners testen een hulpmiddel.", ""),
        ("Almelo doet een proef met een hulpmiddel.", "name"),
        ("De community of practice begint in maart.", "practice"),
        ("Het lab begint in maart.", ""),
        ("De wethouder is er bij.", "negation"),
        ("De gemeente betaalt niet 4.000 euro.", "negation"),
        ("Een bestuurder doet niet mee aan de bijeenkomsten.", ""),
    ],
)
def test_what_a_block_does_not_say_is_vetoed(sentence: str, expected: str) -> None:
    names = names_in("Het project loopt in Almelo en Goes.")
    assert veto(sentence, BLOCK, "Proef – Hulpmiddelen", (LAB, COP), names) == expected


@pytest.mark.parametrize(
    ("sentence", "block", "other"),
    [
        ("Driekwart van de mensen komt.", "Een kwart van de mensen komt.", True),
        ("De helft van de mensen komt.", "Een kwart van de mensen komt.", True),
        ("Minder dan de helft van de teams haalde het.", "Vijf van de elf teams haalden het.", False),
        ("Twee derde is jonger dan dertig.", "Een derde is jonger dan dertig.", True),
        ("De deur sluit om half drie.", "De deur sluit om half vier.", True),
        ("De ronde begint een uur later.", "De ronde begint een halfuur later.", True),
        ("De ronde begint dertig minuten later.", "De ronde begint een half uur later.", False),
        ("Er komen vijfendertig mensen.", "Er komen 25 mensen.", True),
        ("Er komen tweeëntwintig mensen.", "Er komen 22 mensen.", False),
        ("Het duurt een jaar.", "Het duurt twee jaar.", True),
        ("Het mag een jaar duren.", "Het budget per jaar is klein.", False),
        ("De termijn wordt één keer verlengd.", "De termijn wordt twee keer verlengd.", True),
        ("Er is één wethouder bij.", "Er is een wethouder bij.", False),
        ("Het duurt minimaal twee weken.", "Het duurt hoogstens twee weken, na twee maanden.", True),
        ("Het duurt ten minste twee weken.", "Het duurt minstens twee weken.", False),
    ],
)
def test_parts_hours_and_bounds_are_compared_too(sentence: str, block: str, other: bool) -> None:
    assert veto(sentence, block) == ("number" if other else "")


def test_a_title_says_whom_a_block_is_about() -> None:
    assert veto("Een CoP telt acht bewoners.", BLOCK, "Community of practice – Wie", (LAB, COP)) == ""


@pytest.mark.parametrize("part", UNSEEN)
def test_of_an_unseen_writers_true_sentences_few_are_vetoed(part: str, opened: Index) -> None:
    pairs = [pair for pair in load_pairs() if pair.split == part and pair.supported]
    wrongly = [pair.sentence for pair, found in vetoed(pairs, opened.practices) if found]
    assert len(wrongly) <= MOST_TRUE_VETOED * len(pairs), wrongly


@pytest.mark.parametrize("what", ["number", "name", "negation"])
def test_what_a_program_changes_in_the_words_of_a_passage_is_vetoed(what: str) -> None:
    pairs = [pair for pair in load_pairs() if pair.split in UNSEEN]
    mutants = [pair for kind, pair in changed(pairs) if kind == what and pair.kind == "passage"]
    some = random.Random(1).sample(mutants, min(150, len(mutants)))  # noqa: S311  # Nothing secret is drawn.
    names = names_in("\n".join(dict.fromkeys(pair.passage for pair in pairs)))
    caught = [pair for pair in some if _vetoed(pair, names)]
    assert len(caught) >= LEAST_CAUGHT * len(some)


def _vetoed(pair: SupportPair, names: frozenset[str]) -> bool:
    return bool(veto(pair.sentence, pair.passage, pair.title, (), names))
