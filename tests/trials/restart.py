"""Stop and start a Chroma server under load: clear refusals while it is away, answers soon after."""

import random
import time
from collections import Counter
from pathlib import Path

from assistant.texts import ERRORS
from errors import ChromaServerError
from ingest.__main__ import ingest
from ingest.embed import load_embeddings
from settings import Settings
from tests.conftest import PROJECT
from tests.ingest.chroma_server import chroma_server
from tests.trials.load import load
from tests.trials.versions import write_version
from tests.web.serving import served_chat

AWAY_S = (0.5, 3.0)
BACK_S = 6.0


def restart_trials(folder: Path, trials: int, seed: int = 1) -> Counter[str]:
    """Return how often each thing happened; a thing that must never happen starts with 'WRONG'."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same trials every time.
    happened = Counter[str]()
    corpus = write_version(folder / "corpus", 0)
    (folder / "chat").mkdir()
    with chroma_server(folder / "chroma") as server:
        settings = {"WEGWIJZER_CHROMA_URL": server.url, "WEGWIJZER_INDEX": str(folder / "index")}
        writer = Settings(index=folder / "writer", chroma_url=server.url)
        ingest([corpus], writer, load_embeddings(writer))
        limits = {"WEGWIJZER_QUESTIONS_PER_MINUTE": "0"}
        with served_chat(PROJECT / "app.py", folder / "chat", settings | limits) as address:
            with load(address) as given:
                returns = []
                for trial in range(trials):
                    time.sleep(1)
                    server.stop(killed=trial % 2 == 1)
                    time.sleep(chance.uniform(*AWAY_S))
                    returns.append(server.start())
                    time.sleep(BACK_S)
    happened["restarts"], happened["questions"] = trials, len(given.replies)
    for reply in given.replies:
        if reply.status == 200 and reply.version == 0:
            happened["answered"] += 1
        elif reply.status == 503 and reply.text == ERRORS[ChromaServerError]:
            happened["refused in Dutch"] += 1
        else:
            happened[f"WRONG: {reply.status} {reply.text[:200]}"] += 1
    for back in returns:
        after = [reply.ended - back for reply in given.replies if reply.status == 200 and reply.asked > back]
        late_ms = round(1000 * min(after, default=60.0))
        happened["slowest recovery in ms"] = max(happened["slowest recovery in ms"], late_ms)
    return happened
