"""Index → answer: retrieval, coverage, advice, and writing with verified citations."""
