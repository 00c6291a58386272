"""Corpus → index: readers, chunks, embeddings, and the switch from one build to the next."""
