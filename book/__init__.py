"""The course as a book: notebooks, figures and how every equation is checked, as a web site."""
