"""Plain functions that count and compare, and know no database, no web and no clock."""
