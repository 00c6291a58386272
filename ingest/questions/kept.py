"""The replies of the model, kept beside the documents so that no block is paid for twice."""

import hashlib
import json
from pathlib import Path

KEPT_FILE = ".written-questions.jsonl"  # Hidden: it is no document.


class KeptReplies:
    """Replies by what was asked; each is in the file as soon as it is there, so that work can be resumed."""

    def __init__(self, file: Path, model: str) -> None:
        """Read what is kept of this model; a line that cannot be read counts as not there."""
        self._file = file
        self._model = model
        self._replies: dict[str, str] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            try:
                row = json.loads(line)
                self._replies[row["asked"]] = row["reply"]
            except (ValueError, KeyError, TypeError):
                continue

    def find(self, asked: str) -> str | None:
        """Return the reply to what was asked, or None."""
        return self._replies.get(self._key(asked))

    def keep(self, asked: str, reply: str) -> None:
        """Keep a reply."""
        self._replies[self._key(asked)] = reply
        row = {"asked": self._key(asked), "reply": reply}
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _key(self, asked: str) -> str:
        return hashlib.sha256(f"{self._model}\n{asked}".encode()).hexdigest()
