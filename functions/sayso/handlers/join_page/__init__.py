"""The public opt-in page: what it says, how it looks, and what is done with what is sent in."""
