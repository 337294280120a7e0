"""The customer's offer page: what it says, how it looks, and what is done when they press."""
