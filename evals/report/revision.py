"""Which commit of the code is measured."""

import subprocess
from pathlib import Path

from settings import PROJECT

UNKNOWN = "no commit"


def revision(folder: Path = PROJECT) -> str:
    """Return the commit that is checked out, marked when files differ from it, or 'no commit' outside git."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"],  # noqa: S607 - git from PATH
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return UNKNOWN
    return found.stdout.strip() or UNKNOWN
