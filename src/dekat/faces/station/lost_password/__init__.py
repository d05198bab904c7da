"""A forgotten password: two other officers help, or Dispendukcapil by telephone; at a locked station too."""
