"""What each service of the catalogue does when it is approved and signed: one deed for each."""
