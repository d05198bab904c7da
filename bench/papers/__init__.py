"""The same family card by our engine and by others, each in a process of its own (`bench/documents.py`)."""
