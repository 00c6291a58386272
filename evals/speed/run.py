"""MAIN PATH of `python -m evals speed [--only answers,peers,growth,start,load,soak] [--minutes N]`.

1. answers  an answer in process, by step; reading documents with a warm model
2. peers    the same questions over the same text by LangChain, LlamaIndex and Haystack, in turn
3. growth   100 to 100,000 chunks
4. start    from the command to the first answer, and the memory that takes
5. load     1 to 100 people at once, over the chat and over the API
6. soak     visitors who come and go, an hour unless told otherwise; only when it is named
"""

import asyncio
import json
import logging
import platform
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from evals.questions import QUESTIONS_FOLDER, ReferenceQuestion, Split, load_questions
from evals.report.page import render
from evals.report.revision import revision
from evals.report.table import as_text
from evals.speed.answers import measure_answers
from evals.speed.growth import SIZES, measure_growth
from evals.speed.peers.systems import measure_systems
from evals.speed.process import served
from evals.speed.tables import tables
from evals.speed.types import Size, SpeedResults
from evals.speed.visitors.load import measure_load, measure_starts
from evals.speed.visitors.soak import soak
from settings import Settings

log = logging.getLogger(__name__)

RESULTS_FILE, REPORT_FILE, SECTION_FILE = "speed.json", "speed.html", "speed-section.html"
USUAL = ("answers", "peers", "growth", "start", "load")
STAGES = (*USUAL, "soak")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: the stages, the sizes of growth, and how long a soak takes."""

    stages: Sequence[str] = USUAL
    sizes: Sequence[int] = SIZES
    minutes: float = 60.0


def measure_speed(settings: Settings, plan: Plan, out: Path) -> tuple[str, list[str]]:
    """Run the stages and keep the results after each; a report is beside them.

    Return the results as lines, and a line for each stage that could not run.
    """
    out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for noisy in ("httpx", "chromadb"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    results = SpeedResults(commit=revision(), machine=_machine())
    stages = _stages(settings, plan)
    failed: list[str] = []
    for name in plan.stages:
        log.info("measuring: %s", name)
        try:
            results = stages[name](results)
        except Exception as error:  # The other stages take an hour, and tell as much.
            log.exception("%s could not be measured", name)
            failed.append(f"{name}: {error}")
        (out / RESULTS_FILE).write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")
        for file, template in ((REPORT_FILE, "speed_page.html"), (SECTION_FILE, "speed.html")):
            (out / file).write_text(page(results, template), encoding="utf-8")
    return f"{told(results)}\n\nReport: {out / REPORT_FILE}", failed


def told(results: SpeedResults) -> str:
    """Return every figure as lines."""
    shown = [f"{results.machine}, code at {results.commit}", *map(as_text, tables(results))]
    return "\n\n".join(shown)


def page(results: SpeedResults, template: str = "speed_page.html") -> str:
    """Return every figure as a page of its own, or as a section of another."""
    return render(template, results=results, tables=tables(results))


def _stages(settings: Settings, plan: Plan) -> Mapping[str, Callable[[SpeedResults], SpeedResults]]:
    """Return what each stage adds to the results."""
    index = settings.index

    def asked(split: Split) -> list[ReferenceQuestion]:
        return load_questions(QUESTIONS_FOLDER, split)

    return {
        "answers": lambda so_far: replace(so_far, answers=measure_answers(settings, asked("dev"))),
        "peers": lambda so_far: replace(so_far, systems=measure_systems(settings, asked("dev"))),
        "growth": lambda so_far: replace(so_far, growth=_growth(settings, plan)),
        "start": lambda so_far: replace(so_far, starts=measure_starts(index)),
        "load": lambda so_far: replace(so_far, crowds=measure_load(index, _texts())),
        "soak": lambda so_far: replace(so_far, soak=_soak(settings, plan.minutes)),
    }


def speed_section(out: Path) -> str:
    """Return the section that an earlier run left for the report, or nothing."""
    file = out / SECTION_FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _growth(settings: Settings, plan: Plan) -> list[Size]:
    with tempfile.TemporaryDirectory() as folder:
        return measure_growth(settings.index, Path(folder), plan.sizes)


def _soak(settings: Settings, minutes: float) -> Mapping[str, object]:
    with tempfile.TemporaryDirectory() as folder, served(settings.index, Path(folder), {}) as server:
        found = asyncio.run(soak(server, _texts(), minutes))
    return {**asdict(found), "growth": found.growth}


def _texts() -> list[str]:
    """Return the questions that stand alone, each once."""
    return list({one.question: None for one in load_questions(QUESTIONS_FOLDER, "dev") if not one.history})


def _machine() -> str:
    """Return the processor's name and how many of them there are, as far as Linux tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names) or '?'} x {names[0] if names else platform.processor()}"
