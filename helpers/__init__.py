"""What the notebooks import: data, figures, activations, and ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.checking.notebook import check

__all__ = ["check"]


def __getattr__(name: str) -> Any:
    # ``check`` brings pytest along; whoever only wants data or activations does not wait for it.
    if name == "check":
        from helpers.checking.notebook import check

        return check
    raise AttributeError(f"module 'helpers' has no attribute {name!r}")
