"""Example questions and situations that a language model writes once, for people to read and edit."""
