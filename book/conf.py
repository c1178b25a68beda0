"""How Sphinx makes the book; `book.build` gives it the rest: where the text is, which edition."""

from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent

project = "Neural networks by hand"
author = "the authors of the course"
html_title = project
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.bibtex",
    "book.extension",
]
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath", "html_image"]
myst_links_external_new_tab = False
bibtex_bibfiles = [str(HERE / "references.bib")]
bibtex_reference_style = "author_year"
bibtex_default_style = "plain"

default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_param = False
add_module_names = False
toc_object_entries = False
python_use_unqualified_type_names = True
suppress_warnings = ["ref.python", "myst.header"]

html_theme = "furo"
html_theme_options = {"top_of_page_buttons": []}
templates_path = [str(HERE / "templates")]
# What is described from docstrings is imported; a package that notebook 6 alone needs is feigned.
autodoc_mock_imports = [name for name in ("torch",) if find_spec(name) is None]
html_css_files = ["course.css", "book.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_math_renderer = "book"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False
html_permalinks_icon = "#"
html_use_index = True
html_domain_indices = False
smartquotes = False
