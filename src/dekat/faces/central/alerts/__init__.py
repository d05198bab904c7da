"""Who was told what, by which channel and when; how an officer wants to be told."""
