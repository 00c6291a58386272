"""How much of a block is shown, and by what evidence."""

from dataclasses import replace

from assistant.answer.extent import following_evidence, follows
from assistant.types import Sentence
from ingest.types import Section, Span

SECTION = Section("a/b", "Titel", "algemeen", "a/b.md", "Een. Twee.")
BEST = Sentence(SECTION, "a/b#1", Span(0, 4), 2.0, 0)


def test_what_follows_is_told_by_how_far_behind_it_is_its_own_score_and_its_place() -> None:
    following = replace(BEST, span=Span(5, 10), score=1.5)
    assert following_evidence(BEST, following, 1) == {"behind": 0.5, "score": 1.5, "place": 1.0}


def test_a_sentence_that_answers_nearly_as_well_follows_and_one_far_behind_does_not() -> None:
    assert follows(BEST, replace(BEST, score=1.9), 0)
    assert not follows(BEST, replace(BEST, score=0.4), 0)
