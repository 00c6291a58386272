"""Texts → vectors, each embedded once."""
