"""What an assessment and a legal reading say on a day."""
