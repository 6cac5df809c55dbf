"""May this be done with the vault? Plain values in, a verdict or a refusal out."""
