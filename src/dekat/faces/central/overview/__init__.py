"""The first page of the office: what waits for whom today."""
