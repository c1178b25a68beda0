"""The figures that one can play with: their data, their pictures, and what a browser runs."""
