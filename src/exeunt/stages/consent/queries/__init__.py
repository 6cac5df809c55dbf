"""What narrators agreed to: as facts for the rules, on pages, and while it is being asked."""
