"""Routes and middleware beside the chat page."""
