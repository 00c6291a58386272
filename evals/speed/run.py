"""MAIN PATH of `python -m evals speed [--only answers,peers,growth,start,load,soak] [--minutes N]`.

1. answers  an answer in process, by step; reading documents with a warm model
2. peers    the same questions over the same text by LangChain, in turn
3. growth   100 to 100,000 chunks
4. start    from the command to the first answer, and the memory that takes
5. load     1 to 100 people at once, over the chat and over the API
6. soak     visitors who come and go, an hour unless told otherwise; only when it is named
"""

import json
import logging
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from evals.report.page import SpeedTables
from evals.report.results import revision
from evals.report.table import as_text, figures_table
from evals.speed.answers import measure_answers
from evals.speed.bars import bars_table
from evals.speed.growth import measure_growth
from evals.speed.peers import measure_peers
from evals.speed.types import SpeedResults, Tables
from evals.speed.visitors import measure_load, measure_starts, soak
from settings import Settings

log = logging.getLogger(__name__)

RESULTS_FILE = "speed.json"
Stage = Callable[[Settings], Tables]
STAGES: Mapping[str, Stage] = {
    "answers": measure_answers,
    "peers": measure_peers,
    "growth": measure_growth,
    "start": measure_starts,
    "load": measure_load,
    "soak": soak,
}
USUAL = tuple(name for name in STAGES if name != "soak")


def measure_speed(
    settings: Settings, out: Path, names: Sequence[str] = USUAL, minutes: float = 60.0
) -> tuple[str, list[str]]:
    """Run the stages and keep the results after each; a soak takes so many minutes.

    Return the results as lines, and a line for each stage that could not run.
    """
    out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for noisy in ("httpx", "chromadb"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    results = SpeedResults(commit=revision(), machine=_machine())
    stages: Mapping[str, Stage] = {**STAGES, "soak": partial(soak, minutes=minutes)}
    failed: list[str] = []
    for name in names:
        log.info("measuring: %s", name)
        try:
            results = replace(results, tables={**results.tables, **stages[name](settings)})
        except Exception as error:  # The other stages take an hour, and tell as much.
            log.exception("%s could not be measured", name)
            failed.append(f"{name}: {error}")
        (out / RESULTS_FILE).write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")
    return told(results), failed


def told(results: SpeedResults) -> str:
    """Return every figure as lines."""
    speed = speed_tables(results)
    return "\n\n".join([speed.measured, *map(as_text, speed.tables)])


def speed_tables(results: SpeedResults) -> SpeedTables:
    """Return every figure, and first the bars that are met and missed."""
    found = [bars_table(results), *(figures_table(*named) for named in results.tables.items())]
    measured = f"{results.machine}, code at {results.commit}"
    return SpeedTables(measured, [table for table in found if table.rows])


def load_speed(out: Path) -> SpeedTables | None:
    """Return what an earlier run left for the report, or None."""
    file = out / RESULTS_FILE
    if not file.is_file():
        return None
    return speed_tables(TypeAdapter(SpeedResults).validate_json(file.read_bytes()))


def _machine() -> str:
    """Return the processor's name and how many of them there are, as far as Linux tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names) or '?'} x {names[0] if names else platform.processor()}"
