"""Measurements: every figure that the project states comes from one of these."""
