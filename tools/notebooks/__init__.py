"""Turns the pages of the book into notebooks that run in plain Jupyter and Colab."""
