"""Everything about the numbers that runs without Streamlit."""
