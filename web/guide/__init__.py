"""The guided conversation: in the chat, on a plain page, as JSON, and as a note to send on."""
