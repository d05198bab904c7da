"""The forms on paper: which there are, what old numbers became, and each as a file without personal data."""
