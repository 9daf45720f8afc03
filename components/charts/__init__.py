"""Altair charts: a frame in, a chart out; no Streamlit and no SQL."""
