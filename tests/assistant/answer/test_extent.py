"""How much of a block is shown, and by what evidence."""

from dataclasses import replace

from assistant.answer.extent import following_evidence, follows
from assistant.types import Sentence
from ingest.types import Section, Span

SECTION = Section("a/b", "Titel", "algemeen", "a/b.md", "Een. Twee.")
BEST = Sentence(SECTION, "a/b#1", Span(0, 4), 2.0, 0)


def test_what_follows_is_told_by_how_far_behind_it_is_its_score_its_place_and_what_is_shown_before() -> None:
    following = replace(BEST, span=Span(5, 10), score=1.5)
    evidence = {"behind": 0.5, "score": 1.5, "place": 1.0, "shown": 1.2}
    assert following_evidence(BEST, following, 1, 12) == evidence
    assert following_evidence(BEST, following, 1, 60)["shown"] == 2.5


def test_a_sentence_that_answers_nearly_as_well_follows_and_one_far_behind_does_not() -> None:
    assert follows(BEST, replace(BEST, score=1.9), 0, 12)
    assert not follows(BEST, replace(BEST, score=0.4), 0, 12)


def test_a_short_sentence_is_followed_by_one_that_is_left_out_after_a_long_one() -> None:
    following = replace(BEST, score=1.3)
    assert follows(BEST, following, 0, 5)
    assert not follows(BEST, following, 0, 25)
