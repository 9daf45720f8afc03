"""Pure rules, true on paper: no database, no clock, no Streamlit."""
