"""The services, each an entry of data."""
