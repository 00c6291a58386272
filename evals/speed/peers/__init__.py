"""Other ways to find passages, each run as a script of its own in a virtual environment of its own."""
