"""The chat page and its component."""
