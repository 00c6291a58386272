"""A build of the index: made, stored, switched to and opened."""
