"""The figures of the notebooks: one module a notebook, one style for all.

A notebook imports its own module, such as ``from helpers.figures import theory``; every
function there returns a Matplotlib figure in the style of :mod:`helpers.figures.style`.
"""
