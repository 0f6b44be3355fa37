"""OpenCV for the renderer, loaded when first used.

Its type stubs know no scalars in arithmetic (`cv2.max(image, 0.5)`), so it comes as `Any`, here and nowhere else.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any


@functools.lru_cache(maxsize=1)
def opencv() -> Any:
    """The module `cv2`."""
    return importlib.import_module("cv2")
