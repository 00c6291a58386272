"""Visitors in numbers: conversations, load, soak, capacity."""
