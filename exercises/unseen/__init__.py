"""Data that no student has seen: letters warped anew, pixels and classes in a new order."""
