"""The office writes and publishes instructions, follows their receipts, answers questions."""
