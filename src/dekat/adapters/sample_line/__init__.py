"""A line that does not exist: forwards TCP on loopback, slow, dropping or cut as the sample regency's switches say."""
