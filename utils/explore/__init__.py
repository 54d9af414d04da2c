"""An interactive picture: controls in a live kernel, frames on a page."""

from utils.explore._explorer import Explorer, explore

__all__ = ["Explorer", "explore"]
