"""A language model that writes; nothing of it is imported when none is named."""
