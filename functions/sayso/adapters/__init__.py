"""The ports' implementations on AWS and on carriers."""
