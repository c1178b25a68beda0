"""Where the list of English words comes from, and the command that makes it again."""
