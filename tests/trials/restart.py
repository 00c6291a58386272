"""Stop and start a Chroma server under load: clear refusals while it is away, answers soon after."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant.texts import explain
from errors import ChromaServerError
from ingest.embedding.embeddings import load_embeddings
from ingest.pipeline import ingest
from settings import Settings
from tests.conftest import PROJECT
from tests.ingest.chroma_server import chroma_server
from tests.trials.load import Reply, load
from tests.trials.versions import write_version
from tests.web.serving import served_chat

AWAY_S = (0.5, 3.0)
BACK_S = 6.0


def restart_trials(folder: Path, trials: int, seed: int, end: float) -> Counter[str]:
    """Return how often each thing happened; a thing that must never happen starts with 'WRONG'."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same trials every time.
    corpus = write_version(folder / "corpus", 0)
    (folder / "chat").mkdir()
    with chroma_server(folder / "chroma") as server:
        writer = Settings(index=folder / "index", chroma_url=server.url)
        ingest([corpus], writer, load_embeddings(writer))
        settings = {
            "WEGWIJZER_CHROMA_URL": server.url,
            "WEGWIJZER_INDEX": str(writer.index),
            "WEGWIJZER_QUESTIONS_PER_MINUTE": "0",
            "WEGWIJZER_REQUESTS_PER_MINUTE": "0",
            "WEGWIJZER_KEPT_ANSWERS": "0",
        }
        returned = []
        with served_chat(PROJECT / "app.py", folder / "chat", settings) as address, load(address) as given:
            for trial in range(trials):
                if time.monotonic() > end:
                    break
                time.sleep(1)
                server.stop(killed=trial % 2 == 1)
                time.sleep(chance.uniform(*AWAY_S))
                returned.append(server.start())
                time.sleep(BACK_S)
    return Counter({"restarts": len(returned)}) + _judged(given.replies, returned)


def _judged(replies: Sequence[Reply], returned: Sequence[float]) -> Counter[str]:
    happened = Counter({"questions": len(replies)})
    for reply in replies:
        if reply.status == 200 and reply.version == 0:
            happened["answered"] += 1
        elif reply.status == 503 and reply.text == explain(ChromaServerError("", "")):
            happened["refused in Dutch"] += 1
        else:
            happened[f"WRONG: {reply.status} {reply.text[:200]}"] += 1
    for back in returned:
        after = [reply.ended - back for reply in replies if reply.status == 200 and reply.asked > back]
        late_ms = round(1000 * min(after, default=60.0))
        happened["slowest recovery in ms"] = max(happened["slowest recovery in ms"], late_ms)
    return happened
