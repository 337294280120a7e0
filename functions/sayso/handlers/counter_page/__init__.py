"""The staff's redeem page: its files, signing in to it, and what it asks for."""
