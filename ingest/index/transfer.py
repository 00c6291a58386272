"""Files through a Chroma server: cut in pieces that are in metadata, and put together again.

Not in documents: Chroma indexes those for full-text search, which took 119 s for 10 MB instead of 5.
"""

import base64
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.types import Metadata

from ingest.index.manifest import MANIFEST_FILE, file_sizes

PIECE_BYTES = 100_000  # Larger pieces are stored no faster.
AT_ONCE = 20  # Pieces of one request: some 3 MB, a tenth of what a server takes.
LIST_ID = "files"


def send(client: ClientAPI, name: str, folder: Path) -> None:
    """Store the files of a build that its manifest lists, and the manifest, in a collection of this name."""
    collection = client.get_or_create_collection(name, embedding_function=None)
    counts: dict[str, int] = {}
    for file in (*file_sizes(folder), MANIFEST_FILE):
        pieces = list(_cut((folder / file).read_bytes()))
        counts[file] = len(pieces)
        for first in range(0, len(pieces), AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, len(pieces)))
            ids = [_id(file, number) for number in numbers]
            _put(collection, ids, [{"bytes": pieces[number]} for number in numbers])
    _put(collection, [LIST_ID], [{"counts": json.dumps(counts)}])


def fetch(client: ClientAPI, name: str, folder: Path) -> None:
    """Write the files that a collection of this name holds; raise KeyError or ValueError when one lacks."""
    collection = client.get_collection(name, embedding_function=None)
    counts: dict[str, int] = json.loads(str(_get(collection, [LIST_ID])[LIST_ID]["counts"]))
    for file, count in counts.items():
        path = folder / file
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{file} lies outside the build")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as written:
            for first in range(0, count, AT_ONCE):
                ids = [_id(file, number) for number in range(first, min(first + AT_ONCE, count))]
                found = _get(collection, ids)
                for one in ids:
                    written.write(zlib.decompress(base64.b64decode(str(found[one]["bytes"]))))


def _cut(content: bytes) -> Iterator[str]:
    for first in range(0, len(content), PIECE_BYTES):
        yield base64.b64encode(zlib.compress(content[first : first + PIECE_BYTES], 1)).decode("ascii")


def _id(file: str, number: int) -> str:
    return f"{file}/{number}"


def _put(collection: chromadb.Collection, ids: list[str], records: list[Metadata]) -> None:
    collection.upsert(ids=ids, embeddings=np.zeros((len(ids), 1), dtype=np.float32), metadatas=records)


def _get(collection: chromadb.Collection, ids: list[str]) -> dict[str, Metadata]:
    found = collection.get(ids=ids, include=["metadatas"])
    return dict(zip(found["ids"], found["metadatas"] or [], strict=True))
