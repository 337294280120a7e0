"""Sayso: messages only on your customer's say-so."""
