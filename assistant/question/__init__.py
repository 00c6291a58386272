"""What is asked: form, polarity, and whether advice is due."""
