"""With the pages the only floor that knows Streamlit and words: doors, blocks, filters, a room for each page."""
