"""A turn in its conversation: small talk, follow-ups, the topic under discussion."""
