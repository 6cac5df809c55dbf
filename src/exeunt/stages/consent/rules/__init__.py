"""What a scope may say, which event may follow, and what stands on a day."""
