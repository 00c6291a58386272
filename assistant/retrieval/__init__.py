"""A question → passages and sentences, ranked, and whether they cover it."""
