"""Looking after equipment in the office: hand-overs, maintenance, stock-take, what lies on the shelves, card blanks."""
