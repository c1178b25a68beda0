"""How the sample pages came to be: their texts, the writing, the paper, and the command."""
