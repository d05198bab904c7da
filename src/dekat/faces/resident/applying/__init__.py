"""Apply from home: choose what changes, say into what, add a picture."""
