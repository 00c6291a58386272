"""The pages on which a question is asked: the chat, and the form for who has no JavaScript."""
