"""The corpus keeps the promises that its writers made, so that every sentence can be quoted by itself."""

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from ingest.documents.files import load_corpus
from ingest.text.sentences import sentences
from ingest.text.tokens import folded
from ingest.types import GENERAL, Corpus, Section

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT / "corpus"
SECTION_FILES = [file for file in sorted(CORPUS.rglob("*.md")) if file.stem not in {"README", "LICENSE"}]
ASPECTS = (
    "omschrijving doel principes wanneer wanneer-niet wie stappen duur meten voorwaarden valkuilen "
    "voorbeelden literatuur"
).split()
LEAST_WORDS, MOST_WORDS = 60, 350
MOST_SENTENCE_WORDS = 30
LEAST_VARIANTS = 4
CODE = [
    file
    for pattern in ("*.py", "ingest/**/*.py", "assistant/**/*.py", "web/**/*.py")
    for file in sorted(PROJECT.glob(pattern))
]


def in_corpus(file: Path) -> str:
    """Return the name of a file inside the corpus."""
    return file.relative_to(CORPUS).as_posix()


def sentence_texts(section: Section) -> list[str]:
    """Return the sentences of a section as the splitter sees them."""
    return [section.text[span.start : span.end] for span in sentences(section.text)]


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


def test_sections_have_60_to_350_words(corpus: Corpus) -> None:
    sizes = {section.source: len(section.text.split()) for section in corpus.sections}
    assert {source: size for source, size in sizes.items() if not LEAST_WORDS <= size <= MOST_WORDS} == {}


def test_no_sentence_is_longer_than_30_words(corpus: Corpus) -> None:
    long = [
        (section.source, sentence)
        for section in corpus.sections
        for sentence in sentence_texts(section)
        if len(sentence.split()) > MOST_SENTENCE_WORDS
    ]
    assert long == []


@pytest.mark.parametrize("file", SECTION_FILES, ids=in_corpus)
def test_every_line_is_exactly_one_sentence(file: Path, corpus: Corpus) -> None:
    section = next(section for section in corpus.sections if section.source == in_corpus(file))
    body = file.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    assert sentence_texts(section) == [line for line in body.splitlines() if line.strip()]


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


def test_a_sentence_with_questions_has_at_least_four(corpus: Corpus) -> None:
    counts = Counter((variant.section_id, variant.start) for variant in corpus.variants)
    assert {place: count for place, count in counts.items() if count < LEAST_VARIANTS} == {}


def test_no_question_is_empty_or_doubled_for_a_sentence(corpus: Corpus) -> None:
    counts = Counter((v.section_id, v.start, folded(v.text).strip()) for v in corpus.variants)
    assert [place for place, count in counts.items() if count > 1 or not place[2]] == []


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


def test_questions_of_the_evaluation_are_not_in_the_corpus(corpus: Corpus) -> None:
    trained = {
        folded(text).strip(" ?.!")
        for text in [v.text for v in corpus.variants] + [s.text for s in corpus.situations]
    }
    lines = (PROJECT / "evals" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [row["question"] for row in map(json.loads, lines) if len(row["question"].split()) > 3]
    assert [question for question in asked if folded(question).strip(" ?.!") in trained] == []


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_the_code_names_no_practice(file: Path, corpus: Corpus) -> None:
    names = {name.lower() for practice in corpus.practices for name in (practice.id, practice.label)}
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(names)))})(?!\w)")
    assert pattern.findall(file.read_text(encoding="utf-8").lower()) == []
