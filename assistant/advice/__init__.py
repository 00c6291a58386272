"""A situation → which practice fits, how sure that is, and why."""
