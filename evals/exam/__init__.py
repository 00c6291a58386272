"""The exam that decides whether a language model may write: fixed pairs, read as answers are checked."""
