"""No setting's secret is in a response or in the log, and what stays the same is logged once."""

import logging
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import PROJECT, process_environment
from tests.web.serving import served_chat
from web.log import Redacted, redacted
from web.service import RETRY_S, Service

ROUTES = (
    "/healthz",
    "/",
    "/vraag",
    "/vraag?q=Wat",
    "/demo",
    "/widget.js",
    "/nergens",
    "/_stcore/host-config",
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("at http://jan:geh@im/1@chroma:8000.", "at http://…@chroma:8000."),
        ("WEGWIJZER_CHROMA_URL=jan:geheim@chroma cannot", "WEGWIJZER_CHROMA_URL=…@chroma cannot"),
        ("http://chroma:8000 of jan@example.nl", "http://chroma:8000 of jan@example.nl"),
        ("12:30:05 mail jan@example.nl", "12:30:05 mail jan@example.nl"),
    ],
)
def test_a_password_in_an_address_is_not_written(text: str, kept: str) -> None:
    assert redacted(text) == kept


def test_a_secret_in_a_traceback_is_not_written() -> None:
    formatter = Redacted(logging.Formatter("%(message)s"), ["merk-token"])
    error = ValueError("merk-token at https://a:merk-wachtwoord@b.nl")
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "fout", (), (ValueError, error, None))
    assert formatter.format(record) == "fout\nValueError: … at https://…@b.nl"


def test_a_password_in_a_setting_is_not_printed_by_a_command(tmp_path: Path) -> None:
    planted = {
        "WEGWIJZER_CHROMA_URL": "http://merk-naam:merk-wachtwoord@127.0.0.1:9",
        "WEGWIJZER_CHROMA_TIMEOUT_S": "0.2",
    }
    for command in (["-m", "ingest", "--index", str(tmp_path)], ["-m", "assistant", "Wat?"]):
        ran = subprocess.run(
            [sys.executable, *command],
            cwd=PROJECT,
            env=process_environment(planted),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 1
        assert "merk" not in ran.stdout + ran.stderr
        assert "http://…@127.0.0.1:9" in ran.stderr


def test_what_stays_the_same_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    service = Service(lambda _service: pytest.fail("never opened"))
    with caplog.at_level(logging.INFO, logger="web.service"):
        for reason in ("away", "away", "away", "busy", "away"):
            service.report("loading", "", reason)
    assert [record.message for record in caplog.records] == [
        "loading: away",
        "loading: busy",
        "loading: away",
    ]


@pytest.mark.server
def test_markers_in_every_setting_stand_in_no_response_and_secrets_in_no_log(tmp_path: Path) -> None:
    """The Chroma server is away, so that the chat says again and again what it waits for."""
    planted = {
        "WEGWIJZER_CORPUS": str(tmp_path / "merk-corpus"),
        "WEGWIJZER_INDEX": str(tmp_path / "merk-index"),
        "WEGWIJZER_CHROMA_URL": "http://merk-naam:merk-wachtwoord@127.0.0.1:9",
        "WEGWIJZER_CHROMA_TOKEN": "merk-token",
        "WEGWIJZER_CHROMA_TENANT": "merk-tenant",
        "WEGWIJZER_CHROMA_DATABASE": "merk-database",
        "WEGWIJZER_CHROMA_TIMEOUT_S": "0.2",
        "WEGWIJZER_FEEDBACK": str(tmp_path / "merk-thumbs"),
        "WEGWIJZER_LLM_BASE_URL": "http://merk-jan:merk-geheim@127.0.0.1:9/v1",
        "WEGWIJZER_LLM_EXAMS": str(tmp_path / "merk-exams.jsonl"),
        "WEGWIJZER_LLM_USAGE": str(tmp_path / "merk-usage.json"),
        "OPENAI_API_KEY": "merk-sleutel",
    }
    with served_chat(PROJECT / "app.py", tmp_path, planted, ready=False) as address:
        time.sleep(RETRY_S * 3)
        answers = [httpx.get(address + route, follow_redirects=True) for route in ROUTES]
        answers.append(httpx.post(f"{address}/api/ask", json={"question": "Wat?"}))
    assert [str(one.url) for one in answers if "merk" in f"{one.text}{one.headers}"] == []
    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    secrets = ("merk-naam", "merk-wachtwoord", "merk-token", "merk-jan", "merk-geheim", "merk-sleutel")
    assert [secret for secret in secrets if secret in log] == []
    told = [line.split(" ", 2)[2] for line in log.splitlines() if "http://…@127.0.0.1:9" in line]
    assert told
    assert len(told) == len(set(told))
