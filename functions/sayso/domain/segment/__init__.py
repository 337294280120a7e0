"""Segments: whom a campaign is for, as text, as JSON, and as a test of one listed subscriber."""
