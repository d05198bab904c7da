"""Who operates this station: the camat assigns and releases, by name and on record."""
