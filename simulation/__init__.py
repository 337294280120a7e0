"""A month of a program in virtual time: the real rules and use cases, watched from outside."""
