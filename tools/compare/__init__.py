"""Compares every notebook, run once more, with the outputs of the built page."""
