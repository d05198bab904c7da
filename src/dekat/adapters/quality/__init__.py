"""Judges pictures on the image itself, in a process of its own."""
