"""What the documents are together, before the assistant on them is opened."""

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from errors import IndexNotFoundError, WegwijzerError
from ingest.types import About
from settings import Settings

if TYPE_CHECKING:
    from ingest.index.store import Store


def early_about(settings: Settings) -> About:
    """Return what the documents in the index say of themselves, or without one the documents to read.

    Nothing where that cannot be read: the start of the assistant reports why.
    """
    from ingest.index.open import open_store

    try:
        return _served(open_store(settings))
    except IndexNotFoundError:
        return _unread(settings)
    except (WegwijzerError, OSError, ValueError, LookupError):
        return About()


def _served(store: "Store") -> About:
    from ingest.index.records import CORPUS_FILE

    corpus = json.loads((store.folder(store.pointer().build) / CORPUS_FILE).read_bytes())
    return TypeAdapter(About).validate_python(corpus["about"])


def _unread(settings: Settings) -> About:
    from ingest.documents.files import load_about

    try:
        return load_about([settings.corpus])
    except WegwijzerError:
        return About()
