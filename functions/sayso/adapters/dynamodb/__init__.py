"""The one table: key shapes, item forms and the stores on top of them."""
