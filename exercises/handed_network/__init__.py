"""The judge of exercise 3.5: a trained network that is handed in as a file."""
