"""The course's own network: how it is trained, and the file that it is kept in."""
