"""Questions at full speed while documents are read over and over, each time with another content."""

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from errors import WegwijzerError
from ingest.embedding.embeddings import load_embeddings
from ingest.pipeline import ingest
from settings import Settings
from tests.conftest import PROJECT
from tests.trials.load import Reply, load
from tests.trials.versions import write_version
from tests.web.serving import served_chat

LAST_LOOK_S = 10.0  # Time for the chat to come to the last version.


def ask_trial(folder: Path, minutes: float) -> Counter[str]:
    """Return how often each thing happened; a thing that must never happen starts with 'WRONG'."""
    settings = Settings(index=folder / "index")
    embeddings = load_embeddings(settings)
    ingest([write_version(folder / "corpus", 0)], settings, embeddings)
    switched = [time.monotonic()]  # When each version served at the latest.
    (folder / "chat").mkdir()
    served = {
        "WEGWIJZER_INDEX": str(settings.index),
        "WEGWIJZER_QUESTIONS_PER_MINUTE": "0",
        "WEGWIJZER_REQUESTS_PER_MINUTE": "0",
        "WEGWIJZER_KEPT_ANSWERS": "0",
    }
    happened = Counter[str]()
    with served_chat(PROJECT / "app.py", folder / "chat", served) as address, load(address) as given:
        end = time.monotonic() + 60 * minutes
        while time.monotonic() < end:
            try:
                ingest([write_version(folder / "corpus", len(switched))], settings, embeddings)
            except WegwijzerError as error:
                happened[f"WRONG: an ingest failed: {error}"] += 1
            switched.append(time.monotonic())
        time.sleep(LAST_LOOK_S)
    return happened + _judged(given.replies, switched)


def _judged(replies: Sequence[Reply], switched: Sequence[float]) -> Counter[str]:
    happened = Counter({"ingests": len(switched) - 1, "questions": len(replies)})
    newest, seen = 0, set[int]()
    for reply in sorted(replies, key=lambda reply: reply.ended):
        if reply.status != 200 or reply.version is None:
            happened[f"WRONG: {reply.status} {reply.text[:200]}"] += 1
            continue
        seen.add(reply.version)
        if reply.version > newest:
            newest = reply.version
            late_ms = round(1000 * (reply.ended - switched[newest]))
            happened["slowest switch in ms"] = max(happened["slowest switch in ms"], late_ms)
    happened["versions seen"] = len(seen)
    if newest != len(switched) - 1:
        happened[f"WRONG: the last version seen is {newest}, not {len(switched) - 1}"] += 1
    return happened
