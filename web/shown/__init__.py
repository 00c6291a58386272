"""What is shown of an answer, wherever that is: its blocks, its advice card, its sources, a comparison."""
