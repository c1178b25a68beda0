"""The course as a book: notebooks, figures and how every equation is checked, as a site and a PDF.

Text and looks are in ``pages``, ``howto``, ``notes``, ``static`` and ``terms.toml`` and may be
changed freely; the README says what each module does. The book may import ``equations``,
``helpers``, and of ``autograder`` what reads the course (``course``, ``reference``, ``release``,
``rubrics``) and how reports look (``report.look``, ``report.maths``); nothing imports the book but
the command that makes it.
"""
