"""How the glyphs came to be: icons, clutter, a camera, and the command that joins them."""
