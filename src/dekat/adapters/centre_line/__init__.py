"""The station's line to its centre, over sockets of the standard library: what counts is how it treats a bad line."""
