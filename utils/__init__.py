"""What the chapters import: device, data, plotting, explore, study and checks."""
