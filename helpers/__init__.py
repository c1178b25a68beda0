"""What the notebooks import: data, figures, activations, and ``check``."""
