"""What Dekat claims about speed, measured against a peer or a limit in the same run."""
