"""Small classifiers, trained when an index is built."""
