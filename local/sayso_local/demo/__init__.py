"""The product's story, played on a local stack with real texts and checked at the carrier."""
