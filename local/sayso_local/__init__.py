"""The sayso command: the stack on a laptop, the phone simulator and the demo."""
