"""A sign to print: laid out once, drawn as SVG or PDF."""
