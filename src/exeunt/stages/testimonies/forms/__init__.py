"""What is filled in to find, add, correct and import accounts."""
