"""`python -m evals --llm` gives every figure of what a language model wrote."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.llm import prompts
from assistant.llm.budget import tokens_in
from tests.evals.builders import question
from tests.model_server import (
    NUMBERED,
    Reply,
    ScriptedServer,
    let_pass,
    model_server,
    pairs_in,
    verdicts,
    words_of,
)

Command = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [pytest.mark.model, pytest.mark.server]

NAME = "openai:scripted"
LAB, STEPS = "Wat is een living lab?", "Welke stappen heeft een living lab?"
QUESTIONS = (
    question(
        "definition",
        "lab",
        question=LAB,
        practices=["living-lab"],
        sections=["02-living-lab/omschrijving"],
        facts=[["echte leven"], ["zweden"]],
    ),
    question(
        "steps",
        "steps",
        question=STEPS,
        practices=["living-lab"],
        sections=["02-living-lab/stappen"],
        facts=[["evalueren"]],
    ),
    question("far", "far", question="Hoe bak ik een appeltaart?", answerable=False),
)
# Of three sentences the last is invented; the other draft points to nothing, so that one is quoted.
DRAFTS = {
    LAB: "Een living lab is een plek in het echte leven, zoals een wijk. [{n}] In een living lab pakken "
    "bewoners en onderzoekers samen een vraagstuk op. [{n}] Een living lab kost 5.000 euro per jaar. [{n}]",
    STEPS: "Het zijn er acht.",
}
# What the reader finds for each true sentence.
WORDS = {
    "Een living lab is een plek in het echte leven, zoals een wijk.": "een plek in het echte leven",
    "In een living lab pakken bewoners en onderzoekers samen een vraagstuk op.": "pakken er samen een",
}
PAUSE_S = 0.01
EXACT = ("facts", "citation_validity", "model_dropped", "model_fallback")


def written(prompt: str) -> str:
    """Return the draft for the question in a prompt, with the number of the passage that tells of a lab."""
    asked = next(text for text in DRAFTS if f"<vraag>{text}</vraag>" in prompt)
    number = next((n for n, text in NUMBERED.findall(prompt) if "plek in het echte leven" in text), "")
    return DRAFTS[asked].format(n=number)


def read(prompt: str) -> Reply:
    """Return the verdicts of a good reader: the invented sentence is not supported."""
    pairs = pairs_in(prompt)
    return verdicts((one["n"], words_of(WORDS.get(one["sentence"], "-"), one["block"])) for one in pairs)


def used_on(asked: str, server: ScriptedServer) -> int:
    """Return the tokens that one answer took, by what was sent and written."""
    told = zip(server.systems, server.prompts, strict=True)
    system, prompt = next((system, prompt) for system, prompt in told if f"<vraag>{asked}</vraag>" in prompt)
    return tokens_in(system + prompt + written(prompt))


def test_what_a_model_writes_has_figures(command: Command, tmp_path: Path, small_index: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(one.model_dump_json() + "\n" for one in QUESTIONS), encoding="utf-8")
    with model_server() as server:
        server.reply = lambda prompt: Reply(written(prompt), pause_s=PAUSE_S)
        server.verdict = read
        let_pass(tmp_path / "exams.jsonl", NAME, server.address)
        done = command(
            *("evals", "--llm", NAME, "--questions", file, "--out", tmp_path, "--index", small_index),
            WEGWIJZER_LLM_BASE_URL=server.address,
            WEGWIJZER_LLM_USAGE=str(tmp_path / "usage.json"),
            WEGWIJZER_LLM_EXAMS=str(tmp_path / "exams.jsonl"),
        )
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    figures = {name: found["value"] for name, found in results["measures"].items()}
    lab, steps = (row["scores"] for row in results["questions"][:2])
    assert 0 < lab["model_first_ms"] < lab["model_last_ms"]
    assert {name: figures[name] for name in EXACT} == {
        "facts": (0.5 + 1) / 2,
        "citation_validity": 1.0,
        "model_dropped": pytest.approx((2 / 3 + 1) / 2),
        "model_fallback": 0.5,
    }
    assert figures["model_first_ms"] == lab["model_first_ms"]  # Of the other one no sentence was shown.
    assert figures["model_last_ms"] == pytest.approx((lab["model_last_ms"] + steps["model_last_ms"]) / 2)
    assert figures["model_tokens"] == (lab["model_tokens"] + steps["model_tokens"]) / 2
    assert steps["model_tokens"] == used_on(STEPS, server)
    assert lab["model_tokens"] > used_on(LAB, server) + tokens_in(prompts.CHECK)  # Checking counts too.
    lines = done.stdout.splitlines()
    (row,) = [re.split(r" {2,}", line.strip()) for line in lines if "sentences dropped, of a draft" in line]
    assert row[:2] == ["sentences dropped, of a draft", "66.7%"]
    assert f"llm:{NAME}" in (tmp_path / "report.html").read_text(encoding="utf-8")
