"""How customers word what they want: spelling, quotes, concepts, phrases, and their likelihood."""
