"""Documents become an index, end to end: what is read is what is stored, and work is done once."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.answer.compose import ExtractiveWriter
from assistant.chain import Assistant
from assistant.load import renewed
from assistant.retrieval.retriever import HybridRetriever
from assistant.types import Question
from errors import PracticesError
from ingest.__main__ import main
from ingest.documents.files import load_corpus
from ingest.embedding.embeddings import SentenceTransformerEmbeddings
from ingest.index.open import open_index, stored_sections
from ingest.pipeline import ingest
from ingest.report import IngestReport
from settings import Settings


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but the lock and Chroma's own, with its content."""
    kept = (
        file
        for file in folder.rglob("*")
        if file.is_file() and "chroma" not in file.parts and file.name != "lock"
    )
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in kept}


def change_one_sentence(corpus: Path) -> None:
    """Add one sentence to one section."""
    file = next(corpus.rglob("omschrijving.md"))
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\nDeze zin is nieuw.\n", encoding="utf-8")


def test_what_was_read_is_what_is_stored(small_corpus: Path, word_index: Path) -> None:
    assert stored_sections(word_index) == list(load_corpus([small_corpus]).sections)


def test_the_dump_gives_the_stored_sections_as_json_lines(
    word_index: Path, small_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--dump", "--index", str(word_index)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows == [
        {
            "section_id": section.section_id,
            "title": section.title,
            "practice": section.practice,
            "source": section.source,
            "page": section.page,
            "text": section.text,
        }
        for section in load_corpus([small_corpus]).sections
    ]


def test_unchanged_input_does_nothing(
    plain_corpus: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    before = files_of(plain_index_copy)
    report = ingest([plain_corpus], Settings(index=plain_index_copy), word_embeddings)
    assert report == IngestReport(
        open_index(plain_index_copy, word_embeddings.model_id).manifest, unchanged=True
    )
    assert files_of(plain_index_copy) == before


def test_a_changed_sentence_embeds_only_what_changed(
    plain_copy: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    change_one_sentence(plain_copy)
    report = ingest([plain_copy], Settings(index=plain_index_copy), word_embeddings)
    assert not report.unchanged
    assert 1 <= report.embedded <= 3  # The sentence and the chunk that it is in, or a chunk of its own.
    assert report.reused > 100
    assert any("Deze zin is nieuw." in section.text for section in stored_sections(plain_index_copy))


def test_reused_vectors_stay_with_their_own_text(
    plain_copy: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings, tmp_path: Path
) -> None:
    change_one_sentence(plain_copy)
    ingest([plain_copy], Settings(index=plain_index_copy), word_embeddings)
    ingest([plain_copy], Settings(index=tmp_path / "anew"), word_embeddings)
    reused = open_index(plain_index_copy, word_embeddings.model_id)
    anew = open_index(tmp_path / "anew", word_embeddings.model_id)
    np.testing.assert_array_equal(reused.sentence_vectors, anew.sentence_vectors)
    np.testing.assert_array_equal(reused.variant_vectors, anew.variant_vectors)


def test_another_model_embeds_everything_anew(
    plain_corpus: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    word_embeddings.model_id = "another"
    report = ingest([plain_corpus], Settings(index=plain_index_copy), word_embeddings)
    assert report.reused == 0
    assert open_index(plain_index_copy, "another").manifest.model_id == "another"


def test_a_failed_ingest_leaves_the_old_index(
    plain_copy: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    before = files_of(plain_index_copy)
    (plain_copy / "practices.yaml").write_text("practices: een lijst", encoding="utf-8")
    with pytest.raises(PracticesError):
        ingest([plain_copy], Settings(index=plain_index_copy), word_embeddings)
    assert files_of(plain_index_copy) == before
    assert open_index(plain_index_copy, word_embeddings.model_id).collection.count() > 0


def test_an_open_assistant_still_answers_after_another_ingest(
    plain_copy: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    index = open_index(plain_index_copy, word_embeddings.model_id)
    assistant = Assistant(
        Settings(), HybridRetriever(index=index, embeddings=word_embeddings), ExtractiveWriter()
    )
    question = Question(index.variants[0].text)
    before = assistant.ask(question).text
    change_one_sentence(plain_copy)
    ingest([plain_copy], Settings(index=plain_index_copy), word_embeddings)
    assert assistant.ask(question).text == before


def test_a_conversation_goes_on_from_a_new_index(
    plain_copy: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    index = open_index(plain_index_copy, word_embeddings.model_id)
    assistant = Assistant(
        Settings(), HybridRetriever(index=index, embeddings=word_embeddings), ExtractiveWriter()
    )
    assert renewed(assistant) is assistant
    change_one_sentence(plain_copy)
    report = ingest([plain_copy], Settings(index=plain_index_copy), word_embeddings)
    assert (len(report.sections.changed), report.sections.same) == (1, 6)
    following = renewed(assistant)
    assert following.index.manifest == report.manifest
    assert "Deze zin is nieuw." in following.ask(Question("Is deze zin nieuw?")).text
    following.close()


def test_two_documents_of_one_sentence_make_an_index(
    tmp_path: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    for name in ("een", "twee"):
        (tmp_path / f"{name}.md").write_text(f"Dit is document {name}.", encoding="utf-8")
    report = ingest([tmp_path], Settings(index=tmp_path / "index"), word_embeddings)
    assert (report.manifest.sections, report.manifest.chunks) == (2, 2)


@pytest.mark.parametrize("text", ["De en het.", "…", "?", "🙂"], ids=["stop words", "dots", "mark", "emoji"])
def test_a_document_without_content_words_makes_an_index(
    text: str, tmp_path: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    (tmp_path / "leeg.md").write_text(text, encoding="utf-8")
    ingest([tmp_path], Settings(index=tmp_path / "index"), word_embeddings)
    assert open_index(tmp_path / "index", word_embeddings.model_id).manifest.chunks == 1


def test_a_named_file_is_ingested_by_itself(
    plain_corpus: Path, tmp_path: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    file = tmp_path / "los.md"
    file.write_text("Een los document.", encoding="utf-8")
    ingest([file], Settings(index=tmp_path / "index"), word_embeddings)
    assert [section.source for section in stored_sections(tmp_path / "index")] == ["los.md"]


@pytest.mark.model
def test_the_real_model_reuses_what_it_embedded(
    corpus_copy: Path, index_copy: Path, embeddings: SentenceTransformerEmbeddings
) -> None:
    settings = Settings(index=index_copy)
    assert ingest([corpus_copy], settings, embeddings).unchanged
    change_one_sentence(corpus_copy)
    report = ingest([corpus_copy], settings, embeddings)
    assert 1 <= report.embedded <= 3
    assert ingest([corpus_copy], settings, embeddings).unchanged


@pytest.mark.model
def test_documents_without_practices_are_answered_without_advice(
    corpus_copy: Path, tmp_path: Path, embeddings: SentenceTransformerEmbeddings
) -> None:
    for name in ("practices.yaml", "unanswerable.jsonl", "situations/some.jsonl"):
        (corpus_copy / name).unlink()
    for file in corpus_copy.rglob("*.md"):
        _, _, body = file.read_text(encoding="utf-8").partition("\n---\n")
        file.write_text(body, encoding="utf-8")
    index = tmp_path / "index"
    ingest([corpus_copy], Settings(index=index), embeddings)
    opened = open_index(index, embeddings.model_id)
    assistant = Assistant(
        Settings(), HybridRetriever(index=opened, embeddings=embeddings), ExtractiveWriter()
    )
    for variant in opened.variants[::25]:
        answer = assistant.ask(Question(variant.text)).to_json()
        assert answer["advice"] is None
        assert answer["status"] in {"answered", "refused"}
    answered = assistant.ask(Question(opened.variants[0].text))
    assert answered.status == "answered"
    assert answered.citations
