"""One construct per concern, named for its role."""
