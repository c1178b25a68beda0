"""One hand that no other data were written with, and the script that makes it."""
