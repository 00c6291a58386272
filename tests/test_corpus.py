"""The corpus keeps the promises that its writers made, so that every block can be quoted by itself."""

import json
import re
from collections import Counter
from itertools import combinations, pairwise, takewhile
from pathlib import Path
from typing import get_args

import pytest
import yaml

from ingest.documents.files import load_corpus
from ingest.text.sentences import sentences, without_marker
from ingest.text.tokens import folded
from ingest.types import GENERAL, Corpus, Section, Verdict

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT / "corpus"
SECTION_FILES = [file for file in sorted(CORPUS.rglob("*.md")) if file.stem not in {"README", "LICENSE"}]
ASPECTS = (
    "omschrijving doel principes wanneer wanneer-niet wie stappen duur meten voorwaarden valkuilen "
    "voorbeelden literatuur"
).split()
LEAST_WORDS, MOST_WORDS = 30, 300
MOST_SENTENCE_WORDS = 30
TITLES = {"literatuur", "bronnen"}  # Aspects whose items are titles of publications.
NUMBERS = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
).split()
LEAST_COUNTED = 3  # A shorter list needs no number in its lead line.
ITEM = re.compile(r"- |\d+\. ")
QUOTED = re.compile(r"(?<!\w)'[^']+'(?!\w)")
EVALUATIONS = ("dev.jsonl", "test.jsonl")
FACTS = PROJECT / "tests" / "fixtures" / "facts.jsonl"
CODE = [
    file
    for pattern in ("*.py", "ingest/**/*.py", "assistant/**/*.py", "web/**/*.py")
    for file in sorted(PROJECT.glob(pattern))
]


def in_corpus(file: Path) -> str:
    """Return the name of a file inside the corpus."""
    return file.relative_to(CORPUS).as_posix()


def sentence_texts(section: Section) -> list[str]:
    """Return the sentences of a section, an item of a list in as many as it has."""
    units = [section.text[span.start : span.end] for span in sentences(section.text)]
    return [sentence for unit in units for sentence in re.split(r"(?<=[.!?]) ", unit)]


def body_lines(file: Path) -> list[str]:
    """Return the lines of a section file after its front matter."""
    return file.read_text(encoding="utf-8").split("\n---\n", 1)[1].splitlines()


def lists(lines: list[str]) -> list[tuple[str, int]]:
    """Return the line above every list, with how many items follow it."""
    firsts = [row for row in range(len(lines)) if ITEM.match(lines[row]) and not ITEM.match(lines[row - 1])]
    return [(lines[row - 1], sum(1 for _ in takewhile(ITEM.match, lines[row:]))) for row in firsts]


def asked(text: str) -> str:
    """Return a question as it is compared with another one."""
    return folded(text).strip(" ?.!")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Read the corpus as ingest does."""
    return load_corpus([CORPUS])


def test_every_section_file_is_one_section_with_all_its_front_matter(corpus: Corpus) -> None:
    assert sorted(section.source for section in corpus.sections) == sorted(map(in_corpus, SECTION_FILES))
    aspects = {aspect.id for aspect in corpus.aspects}
    for section in corpus.sections:
        assert section.aspect in aspects, section.source
        assert section.sources, section.source
        assert section.order > 0, section.source


def test_titles_tell_sections_apart(corpus: Corpus) -> None:
    repeated = [
        title for title, count in Counter(section.title for section in corpus.sections).items() if count > 1
    ]
    assert repeated == []


def test_every_practice_has_every_aspect(corpus: Corpus) -> None:
    present = {(section.practice, section.aspect) for section in corpus.sections}
    missing = [
        (p.id, aspect) for p in corpus.practices for aspect in ASPECTS if (p.id, aspect) not in present
    ]
    assert missing == []


def test_a_title_opens_with_the_label_of_its_practice(corpus: Corpus) -> None:
    labels = {practice.id: practice.label for practice in corpus.practices}
    wrong = [
        s.source
        for s in corpus.sections
        if s.practice != GENERAL and not s.title.startswith(labels[s.practice])
    ]
    assert wrong == []


def test_sections_have_30_to_300_words(corpus: Corpus) -> None:
    sizes = {section.source: len(section.text.split()) for section in corpus.sections}
    assert {source: size for source, size in sizes.items() if not LEAST_WORDS <= size <= MOST_WORDS} == {}


def test_no_sentence_is_longer_than_30_words_but_for_what_it_quotes(corpus: Corpus) -> None:
    long = [
        (section.source, sentence)
        for section in corpus.sections
        if section.aspect not in TITLES
        for sentence in sentence_texts(section)
        if len(QUOTED.sub("quote", sentence).split()) > MOST_SENTENCE_WORDS
    ]
    assert long == []


@pytest.mark.parametrize("file", SECTION_FILES, ids=in_corpus)
def test_an_item_of_a_list_is_one_line(file: Path) -> None:
    broken = [line for item, line in pairwise(body_lines(file)) if ITEM.match(item) and line]
    assert [line for line in broken if not ITEM.match(line)] == []


@pytest.mark.parametrize("file", SECTION_FILES, ids=in_corpus)
def test_a_list_follows_a_lead_line_with_the_number_of_its_items(file: Path) -> None:
    found = lists(body_lines(file))
    assert [lead for lead, _ in found if not lead.endswith(":")] == []
    counted = [(lead, count) for lead, count in found if count >= LEAST_COUNTED]
    assert [
        (lead, count) for lead, count in counted if NUMBERS[count] not in re.findall(r"\w+", lead.lower())
    ] == []


def test_own_judgement_is_no_opening_of_a_sentence(corpus: Corpus) -> None:
    assert [section.source for section in corpus.sections if "Onze afweging:" in section.text] == []


def test_every_fact_is_in_its_section(corpus: Corpus) -> None:
    texts = {section.source.removesuffix(".md"): section.text for section in corpus.sections}
    facts = [json.loads(line) for line in FACTS.read_text(encoding="utf-8").splitlines()]
    lost = [fact for fact in facts if fact["quote"] not in texts.get(fact["section"], "")]
    assert lost == []


def test_every_cited_source_is_listed(corpus: Corpus) -> None:
    unknown = [
        (s.source, code) for s in corpus.sections for code in s.sources if code not in corpus.references
    ]
    assert unknown == []


def test_every_cited_source_stands_in_the_bibliography(corpus: Corpus) -> None:
    bibliography = "\n".join(s.text for s in corpus.sections if s.source.startswith("08-bronnen/"))
    listed = {f"S{int(code):02d}" for code in re.findall(r"\bBron S(\d+):", bibliography)}
    cited = {code for section in corpus.sections for code in section.sources}
    assert cited - listed == set()


def test_every_question_belongs_to_exactly_one_sentence(corpus: Corpus) -> None:
    spans = {(s.section_id, span.start, span.end) for s in corpus.sections for span in sentences(s.text)}
    wrong = [v for v in corpus.variants if (v.section_id, v.start, v.end) not in spans]
    assert wrong == []


def test_no_question_is_empty_or_twice_in_a_section(corpus: Corpus) -> None:
    counts = Counter((v.section_id, asked(v.text)) for v in corpus.variants)
    assert [place for place, count in counts.items() if count > 1 or not place[1]] == []


def test_a_verdict_is_yes_no_or_it_depends(corpus: Corpus) -> None:
    assert {v.verdict for v in corpus.variants} == {None, *get_args(Verdict)}


def test_every_questions_file_stands_beside_its_section() -> None:
    files = CORPUS.rglob("*.questions.yaml")
    assert [f for f in files if not f.with_name(f.name.replace(".questions.yaml", ".md")).is_file()] == []


def test_situations_are_balanced_over_practices(corpus: Corpus) -> None:
    counts = Counter(situation.practice for situation in corpus.situations if situation.practice)
    assert set(counts) == {practice.id for practice in corpus.practices}
    assert min(counts.values()) >= 0.9 * max(counts.values())


def test_no_situation_is_empty_or_doubled(corpus: Corpus) -> None:
    counts = Counter(folded(situation.text).strip() for situation in corpus.situations)
    assert [text for text, count in counts.items() if count > 1 or not text] == []


def test_practices_are_complete_and_told_apart(corpus: Corpus) -> None:
    assert len({practice.id for practice in corpus.practices}) == len(corpus.practices) >= 2
    aliases = Counter(
        folded(name) for p in corpus.practices for name in {*map(folded, p.aliases), folded(p.label)}
    )
    assert [alias for alias, count in aliases.items() if count > 1] == []
    for practice in corpus.practices:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", practice.id)
        assert practice.description.endswith(".")
        assert practice.aliases


def test_choices_cover_every_pair_of_practices_once(corpus: Corpus) -> None:
    pairs = Counter(frozenset(choice.options) for choice in corpus.choices)
    assert pairs == Counter(frozenset(pair) for pair in combinations((p.id for p in corpus.practices), 2))


def test_options_are_told_apart_and_questions_end_as_questions(corpus: Corpus) -> None:
    options = [text for choice in corpus.choices for text in choice.options.values()]
    assert len(set(options)) == len(options)
    assert [choice.question for choice in corpus.choices if not choice.question.endswith("?")] == []


def test_sources_have_author_title_and_address() -> None:
    entries = yaml.safe_load((CORPUS / "sources.yaml").read_text(encoding="utf-8"))
    assert [code for code, entry in entries.items() if not (entry.get("author") and entry.get("title"))] == []
    assert [code for code in entries if not re.fullmatch(r"S\d{2,3}", code)] == []


@pytest.mark.parametrize("name", EVALUATIONS)
def test_questions_of_the_evaluation_are_not_in_the_corpus(name: str, corpus: Corpus) -> None:
    examples = [v.text for v in corpus.variants] + [s.text for s in corpus.situations]
    trained = {asked(text) for text in [*examples, *(one.text for one in corpus.unanswerable)]}
    lines = (PROJECT / "evals" / "questions" / name).read_text(encoding="utf-8").splitlines()
    long = [row["question"] for row in map(json.loads, lines) if len(row["question"].split()) > 3]
    assert [question for question in long if asked(question) in trained] == []


def test_every_nearest_sentence_is_in_the_text(corpus: Corpus) -> None:
    units = {
        without_marker(section.text[span.start : span.end])
        for section in corpus.sections
        for span in sentences(section.text)
    }
    told = [one.nearest for one in corpus.unanswerable if one.nearest]
    assert len(told) > 1_000
    assert set(told) <= units


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_the_code_names_no_practice(file: Path, corpus: Corpus) -> None:
    names = {name.lower() for practice in corpus.practices for name in (practice.id, practice.label)}
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(names)))})(?!\w)")
    assert pattern.findall(file.read_text(encoding="utf-8").lower()) == []
