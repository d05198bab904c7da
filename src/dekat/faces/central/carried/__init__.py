"""Sticks that came from a kecamatan: read on this server, or through the browser of the officer's own computer."""
