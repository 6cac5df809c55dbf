"""How dates are written, language by language: no order of digits that could be read two ways."""
