"""What pytest leaves out where a package is missing that only a part of the course needs."""

from helpers.checking.packages import missing

# Doctests import every module; these import PyTorch.
collect_ignore = (
    ["helpers/torch_models.py", "data/networks/convolutional.py"] if missing(["torch"]) else []
)
