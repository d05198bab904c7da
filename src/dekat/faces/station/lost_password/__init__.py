"""A forgotten password: two other officers help at once, or Dispendukcapil by telephone. Works at a locked station too."""
