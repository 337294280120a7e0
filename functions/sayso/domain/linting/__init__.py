"""What a text should not say, or should, before it goes out to many."""
