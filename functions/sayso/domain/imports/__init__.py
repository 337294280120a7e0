"""Bringing in people who agreed elsewhere: what a file holds, and what each row of it proves."""
