"""What narrators agreed to, event by event, and what that allows today."""
