"""Streamlit's own page made ours."""
