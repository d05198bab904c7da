"""Printing: each sheet that should leave a printer, and what became of it."""
