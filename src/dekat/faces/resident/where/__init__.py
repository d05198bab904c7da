"""Where somebody can be recorded or have a KK printed today."""
