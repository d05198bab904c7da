"""The USB stick: prepared once, then a second copy keeps itself."""
