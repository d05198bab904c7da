"""Follow an application by its code: the result first, then each step."""
