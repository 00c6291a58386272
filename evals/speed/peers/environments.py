"""A virtual environment for each peer, and the float weights they share; made once, in `build/peers`."""

import subprocess
import sys
import tomllib
from pathlib import Path

from settings import PROJECT

FOLDER = PROJECT / "build" / "peers"
EXTRA = "peers"
# Every peer runs the weights with these; the version of torch is the project's own.
SHARED = ("sentence-transformers", "torch")


class PeerSetUpError(RuntimeError):
    """A peer cannot be installed here, for example without a package registry."""


def float_model() -> Path:
    """Return the folder with the float weights, written when it is not there."""
    folder = FOLDER / "model"
    if not (folder / "modules.json").is_file():
        _run([sys.executable, "-m", "scripts.float_model", str(folder)], "the float weights")
    return folder


def environment(peer: str) -> Path:
    """Return the Python of a peer's virtual environment, made when it is not there."""
    folder = FOLDER / peer
    python, done = folder / "bin" / "python", folder / ".installed"
    wanted = requirements(peer)
    if not done.is_file() or done.read_text(encoding="utf-8") != "\n".join(wanted):
        _run([sys.executable, "-m", "venv", "--clear", str(folder)], peer)
        _run([str(python), "-m", "pip", "install", "--quiet", *wanted], peer)
        done.write_text("\n".join(wanted), encoding="utf-8")
    return python


def requirements(peer: str) -> list[str]:
    """Return what a peer needs: its own lines of the extra, and what runs the weights."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = [line for line in project["optional-dependencies"][EXTRA] if peer in line]
    return own + [line for line in project["dependencies"] if line.startswith(SHARED)]


def _run(command: list[str], what: str) -> None:
    done = subprocess.run(command, cwd=PROJECT, check=False, capture_output=True, encoding="utf-8")  # noqa: S603 - fixed commands
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise PeerSetUpError(f"{what}: {last}")
