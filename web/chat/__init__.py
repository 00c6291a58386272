"""The chat: its turns, what the browser keeps of them, its component and its record."""
