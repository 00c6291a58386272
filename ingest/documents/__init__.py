"""Files and folders → Corpus: the documents, and what is beside them."""
