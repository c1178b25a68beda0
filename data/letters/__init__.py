"""How the letters came to be: fonts, strokes, pens, a camera, and the command that joins them."""
