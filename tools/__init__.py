"""What `make` runs besides the package itself: it serves the checkout and is never shipped."""
