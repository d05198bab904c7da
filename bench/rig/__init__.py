"""A bad line on one machine: network namespaces as places, and a link between two of them that we spoil at will."""
