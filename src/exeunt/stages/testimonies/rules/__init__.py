"""What may enter a study, and how a row or a form is read."""
