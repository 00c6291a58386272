"""Characters of a page → words, and words broken over two lines made whole again."""
