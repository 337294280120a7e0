"""What the product says to customers, in each language that it speaks: texts as data."""
