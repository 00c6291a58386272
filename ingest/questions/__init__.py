"""Example questions that a language model writes once, beside the documents, for people to read and edit."""
