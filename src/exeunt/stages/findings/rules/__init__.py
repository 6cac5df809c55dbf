"""What a figure may claim, and what a question may ask."""
