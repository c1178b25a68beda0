"""Data that no student has seen: letters warped anew, alphabets invented for one run."""
