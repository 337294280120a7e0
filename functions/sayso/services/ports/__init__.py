"""What the use cases need from the world, as narrow protocols that adapters implement."""
