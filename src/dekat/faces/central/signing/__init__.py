"""Documents that wait for a signature: whose turn it is, and the official's signature for all of them."""
