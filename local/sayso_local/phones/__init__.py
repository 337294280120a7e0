"""The phone simulator: stands in for the carrier, and for the phones of its customers."""
