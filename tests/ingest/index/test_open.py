"""An opened index holds every part of a build; one that is damaged says so and can be mended."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from errors import IndexDamagedError, ModelMismatchError
from ingest.documents.files import load_corpus
from ingest.embedding.embeddings import SentenceTransformerEmbeddings
from ingest.index.manifest import file_sizes, read_manifest, write_manifest
from ingest.index.open import open_index
from ingest.index.store import Store, served
from ingest.pipeline import ingest
from ingest.text.chunks import split
from settings import Settings
from tests.conftest import PROJECT, build_folder
from tests.word_embeddings import WordEmbeddings


def test_an_opened_index_holds_every_part(
    small_corpus: Path, word_index: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    corpus = load_corpus([small_corpus])
    index = open_index(word_index, word_embeddings.model_id)
    chunks = [chunk for section in corpus.sections for chunk in split(section, index.manifest.chunk_words)]
    assert list(index.chunks) == chunks
    assert list(index.practices) == list(corpus.practices)
    assert list(index.choices) == list(corpus.choices)
    assert list(index.suggestions) == list(corpus.suggestions)
    assert index.references == corpus.references
    assert list(index.aspects.values()) == list(corpus.aspects)
    assert index.collection.count() == len(chunks)
    sentences = [span for chunk in chunks for span in chunk.sentences]
    assert index.sentence_vectors.shape == (len(sentences), word_embeddings.dimension)
    assert list(index.variants) == list(corpus.variants)
    for row, variant in enumerate(index.variants):
        number = int(index.variant_sentences[row])
        assert (index.sentence_spans[number].start, index.sentence_spans[number].end) == (
            variant.start,
            variant.end,
        )
        assert index.chunks[int(index.sentence_chunks[number])].section_id == variant.section_id


def test_the_manifest_counts_what_the_index_holds(
    word_index: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    index = open_index(word_index, word_embeddings.model_id)
    manifest = index.manifest
    assert (manifest.sections, manifest.chunks) == (len(index.sections), len(index.chunks))
    assert (manifest.sentences, manifest.variants) == (len(index.sentence_spans), len(index.variants))
    assert manifest.model_id == word_embeddings.model_id


def test_an_index_of_another_model_is_not_asked(plain_index: Path) -> None:
    with pytest.raises(ModelMismatchError, match=r"words-1.*another.*python -m ingest"):
        open_index(plain_index, "another")


@pytest.mark.parametrize("part", ["chunks.json", "sentences.npy", "manifest.json"])
def test_a_damaged_index_says_so_and_the_next_ingest_mends_it(
    part: str, plain_corpus: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    (build_folder(plain_index_copy) / part).write_bytes(b"\xff broken")
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        open_index(plain_index_copy, word_embeddings.model_id)
    ingest([plain_corpus], Settings(index=plain_index_copy), word_embeddings)
    assert open_index(plain_index_copy, word_embeddings.model_id).manifest == served(Store(plain_index_copy))


@pytest.mark.parametrize("part", ["corpus.json", "bm25", "manifest.json"])
def test_an_index_with_a_part_missing_says_so_and_the_next_ingest_mends_it(
    part: str, plain_corpus: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    path = build_folder(plain_index_copy) / part
    path.rename(path.with_name("elders"))
    with pytest.raises(IndexDamagedError, match="python -m ingest"):
        open_index(plain_index_copy, word_embeddings.model_id)
    ingest([plain_corpus], Settings(index=plain_index_copy), word_embeddings)
    assert open_index(plain_index_copy, word_embeddings.model_id).manifest == served(Store(plain_index_copy))


def changed(corpus: Path) -> Path:
    """Add one sentence to one section."""
    file = next(corpus.rglob("omschrijving.md"))
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\nDeze zin is nieuw.\n", encoding="utf-8")
    return corpus


@pytest.mark.parametrize("part", ["chunks.json", "variants.npy", "manifest.json", "chroma/chroma.sqlite3"])
def test_a_new_build_that_is_cut_short_leaves_the_one_before_it_answering(
    part: str, plain_copy: Path, plain_index_copy: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    before = served(Store(plain_index_copy))
    ingest([changed(plain_copy)], Settings(index=plain_index_copy), word_embeddings)
    file = build_folder(plain_index_copy) / part
    file.write_bytes(file.read_bytes()[:200])
    index = open_index(plain_index_copy, word_embeddings.model_id)
    assert index.manifest == before
    index.close()
    ingest([plain_copy], Settings(index=plain_index_copy), word_embeddings)
    index = open_index(plain_index_copy, word_embeddings.model_id)
    assert index.manifest == served(Store(plain_index_copy)) != before
    index.close()


def test_an_index_that_was_moved_opens_at_its_new_place(
    plain_index_copy: Path, tmp_path: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    index = open_index(plain_index_copy, word_embeddings.model_id)
    vector = index.chunk_vectors[3]
    found = index.collection.nearest(vector, 5)
    index.close()
    moved = open_index(plain_index_copy.rename(tmp_path / "elders"), word_embeddings.model_id)
    assert moved.collection.nearest(vector, 5) == found
    assert moved.manifest == index.manifest
    moved.close()


def test_classifiers_are_trained_again_only_when_their_examples_change(
    corpus_copy: Path, word_index: Path, tmp_path: Path, word_embeddings: SentenceTransformerEmbeddings
) -> None:
    index = shutil.copytree(word_index, tmp_path / "copied")
    mark = "examples that were never trained on"
    for file in (build_folder(index) / "classifiers").glob("*.npz"):
        stored = dict(np.load(file))
        np.savez_compressed(file, **{**stored, "temperature": np.float64(9.0)})
    (build_folder(index) / "classifiers" / "covered.examples").write_text(mark, encoding="ascii")
    manifest = read_manifest(build_folder(index))
    sizes = file_sizes(build_folder(index))
    write_manifest(build_folder(index), replace(manifest, files=sizes))
    ingest([changed(corpus_copy)], Settings(index=index), word_embeddings)
    taught = open_index(index, word_embeddings.model_id)
    reused = {name for name, classifier in taught.classifiers.items() if classifier.temperature == 9.0}
    assert set(taught.classifiers) - reused == {"covered"}
    assert reused == {"advice", "intent", "whole"}  # The small corpus labels no features.
    taught.close()


OPENING = """
import sys
from pathlib import Path
from ingest.index.open import open_index
index = open_index(Path(sys.argv[1]), sys.argv[2])
print(*index.collection.nearest(index.chunk_vectors[0], 1), index.chunks[0].chunk_id)
index.close()
"""


@pytest.mark.skipif(os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may write anywhere")
def test_an_index_that_cannot_be_written_is_read_and_no_copy_stays_behind(
    plain_index_copy: Path, tmp_path: Path
) -> None:
    places = [plain_index_copy, *plain_index_copy.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    (tmp_path / "scratch").mkdir()
    as_anyone = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    opened = subprocess.run(
        [*as_anyone, sys.executable, "-c", OPENING, str(plain_index_copy), WordEmbeddings().model_id],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(PROJECT), "TMPDIR": str(tmp_path / "scratch")},
        check=False,
    )
    for place in places:
        place.chmod(0o755)
    found, first = opened.stdout.split()
    assert (found, opened.stderr) == (first, "")
    assert list((tmp_path / "scratch").iterdir()) == []
