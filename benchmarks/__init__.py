"""What the course costs: one module a measurement, run by `python -m benchmarks`."""
