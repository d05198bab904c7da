"""The review desk: applications in order of their clock, one decision each."""
