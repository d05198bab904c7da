"""Devices of practice: they see only people who do not exist, and need no device on the computer."""
