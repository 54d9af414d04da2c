"""What the chapters of the course import: device, data, plotting, explore, study, checks."""
