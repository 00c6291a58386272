"""The check of a model's sentence against a passage, by words."""
