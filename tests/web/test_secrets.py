"""No setting's secret is in a response or in the log, and what stays the same is logged once."""

import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin

from evals.speed.chat import OWN_PROTOCOL
from tests.conftest import PROJECT, Command, process_environment
from tests.web.planted import hidden_markers, planted, provider_variables, secret_markers
from tests.web.serving import START_S, served_chat
from web.http.doors import METRICS, STREAM, STREAMLIT
from web.log import Redacted, redacted
from web.server import routes
from web.service import RETRY_S, Service

MISTYPED = "http://merk-naam:merk-wachtwoord@127.0.0.1:9/v1?sleutel=merk-tikfout"
MISTYPED_MARKERS = ("merk-naam", "merk-wachtwoord", "merk-tikfout")
MODEL = "openai:merk-llm.eind"
QUESTION = "Welk type past?"
END = "script_finished"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("at http://jan:geh@im/1@chroma:8000.", "at http://…@chroma:8000."),
        ("WEGWIJZER_CHROMA_URL=jan:geheim@chroma cannot", "WEGWIJZER_CHROMA_URL=…@chroma cannot"),
        ("http://chroma:8000 of jan@example.nl", "http://chroma:8000 of jan@example.nl"),
        ("12:30:05 mail jan@example.nl", "12:30:05 mail jan@example.nl"),
        ("at http://chroma:8000/v1?sleutel=geh/im&b=1. Start it", "at http://chroma:8000/v1?…. Start it"),
        ("('http://jan:geheim@chroma/?sleutel')", "('http://…@chroma/?…')"),
        ('"GET /vraag?q=Wat%20is+er HTTP/1.1" 200', '"GET /vraag?… HTTP/1.1" 200'),
        ("match '^https?://[^/?#]+/?$'", "match '^https?://[^/?#]+/?$'"),
        ("Is dit/dat zo? Of a=b?", "Is dit/dat zo? Of a=b?"),
        ("/teksten/wat?.md: damaged", "/teksten/wat?.md: damaged"),
    ],
)
def test_a_password_or_question_in_an_address_is_not_written(text: str, kept: str) -> None:
    assert redacted(text) == kept


def test_a_secret_in_a_traceback_is_not_written() -> None:
    formatter = Redacted(logging.Formatter("%(message)s"), ["merk-token"])
    error = ValueError("merk-token at https://a:merk-wachtwoord@b.nl")
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "fout", (), (ValueError, error, None))
    assert formatter.format(record) == "fout\nValueError: … at https://…@b.nl"


def test_no_logger_writes_a_secret_of_a_setting_or_a_provider() -> None:
    """Streamlit's modules have loggers with handlers of their own."""
    secret = {
        "WEGWIJZER_CHROMA_TOKEN": "merk-token",
        "WEGWIJZER_CHROMA_URL": "http://jan:merk-een@chroma",
        "WEGWIJZER_LLM_BASE_URL": "http://merk-twee@model/v1",
        "OPENAI_API_KEY": "merk-sleutel",
        "MISTRAL_API_KEY": "x",
    }
    script = (
        "import logging; from streamlit.logger import get_logger; from web.log import keep_secrets_out\n"
        "logging.basicConfig(); loggers = [logging.getLogger('a.b'), get_logger('streamlit.a.b')]\n"
        "keep_secrets_out()\n"
        f"for one in loggers: one.error('extra %s', {list(secret.values())[:4]!r})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=process_environment(secret),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr.count("extra ['…', 'http://…@chroma', 'http://…@model/v1', '…']") == 2
    assert "merk" not in ran.stderr


def test_a_password_in_a_setting_is_not_printed_by_a_command(plain_corpus: Path, command: Command) -> None:
    secret = {
        "WEGWIJZER_CHROMA_URL": "http://merk-naam:merk-wachtwoord@127.0.0.1:9",
        "WEGWIJZER_CHROMA_TIMEOUT_S": "0.2",
        "WEGWIJZER_CORPUS": str(plain_corpus),
        "WEGWIJZER_INDEX": "index",
    }
    for arguments in (["ingest"], ["assistant", "Wat?"]):
        ran = command(*arguments, **secret)
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
@pytest.mark.model
@pytest.mark.parametrize(
    ("phase", "changed"),
    [
        pytest.param("loading", {}, id="loading, as Chroma is away"),
        pytest.param("ready", {"chroma_url": "", "embedding_model": "", "llm": MODEL}, id="ready"),
        pytest.param("failed", {"chroma_url": ""}, id="failed, by a model of no provider"),
        pytest.param("failed", {"chroma_url": MISTYPED}, id="failed, by a setting"),
    ],
)
def test_markers_in_every_setting_stand_in_no_response_and_secrets_in_no_log(
    phase: str, changed: dict[str, str], plain_copy: Path, small_index: Path, tmp_path: Path
) -> None:
    values = {**planted(tmp_path), **changed}
    plain_copy.rename(tmp_path / values["corpus"])
    shutil.copytree(small_index, tmp_path / values["index"])
    variables = {f"WEGWIJZER_{name.upper()}": value for name, value in values.items()}
    given = {**variables, **provider_variables()}
    with served_chat(PROJECT / "app.py", tmp_path, given, ready=False) as address:
        _wait_for(address, phase)
        if phase == "loading":
            time.sleep(RETRY_S * 3)  # It says again and again what it waits for.
        answers = [(f"{one.request.method} {one.url}", f"{one.text}{one.headers}") for one in _asked(address)]
        answers.append(("chat", _chat(address)))
        assert httpx.get(f"{address}/healthz").json()["status"] == phase
    hidden = {*hidden_markers(values), *MISTYPED_MARKERS}
    assert [(where, marked) for where, text in answers for marked in _found(hidden, text)] == []
    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert _found({*secret_markers(values), *MISTYPED_MARKERS}, log) == []
    told = [line.split(" ", 2)[2] for line in log.splitlines() if " web.service: " in line]
    assert told
    assert len(told) == len(set(told))


def _wait_for(address: str, phase: str) -> None:
    deadline = time.monotonic() + START_S
    while httpx.get(f"{address}/healthz").json()["status"] != phase:
        assert time.monotonic() < deadline, f"never {phase}"
        time.sleep(0.1)


def _found(markers: Iterable[str], text: str) -> list[str]:
    return sorted(marked for marked in markers if marked in text)


def _asked(address: str) -> Iterator[httpx.Response]:
    """Yield what the server answers on every path of its own, on Streamlit's, and on others."""
    others = ("/media/x", "/component/x", "/api/x", "/nergens")
    paths = (*(route.path for route in routes()), *STREAMLIT, METRICS, STREAM, *others)
    answers: tuple[dict[str, str], ...] = ({}, {"x": "yes"})
    bodies = ({"question": QUESTION}, {"question": ""}, *({"answers": given} for given in answers))
    strangers = ({"host": "kwaad.nl"}, {"origin": "https://kwaad.nl"}, {"origin": "null"})
    with httpx.Client(base_url=address, follow_redirects=True, timeout=START_S) as client:
        for path in paths:
            yield from (client.request(method, path) for method in ("GET", "POST", "PUT", "OPTIONS"))
            yield client.get(path, params={"q": QUESTION})
            yield from (client.get(path, headers=headers) for headers in strangers)
            yield from (client.post(path, json=body) for body in bodies)


def _chat(address: str) -> str:
    """Return what a first run of the chat's page sends to a browser."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    sent = b""
    with connect(stream, origin=Origin(address), subprotocols=[OWN_PROTOCOL], max_size=None) as socket:
        socket.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        with suppress(TimeoutError):  # While the assistant starts, a run waits for it.
            while ForwardMsg.FromString(last := socket.recv(RETRY_S, decode=False)).WhichOneof("type") != END:
                sent += last
    assert len(sent) > 1_000
    return sent.decode("utf-8", "replace")
