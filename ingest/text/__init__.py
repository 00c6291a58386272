"""Dutch text as ingest reads it: sentences, tokens, spelling, names, chunks."""
