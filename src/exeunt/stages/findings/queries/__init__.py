"""Computing findings, always on behalf of somebody."""
