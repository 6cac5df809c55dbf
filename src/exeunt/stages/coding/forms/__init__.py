"""What people fill in about codebooks, sheets, differences and imports."""
