"""Round shapes into a depth map: the exact front surface of capsules and wedges.

All in window pixels (depth too); each shape touches its own bounding box only.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from handplay.engine.coordinates import Float32

Sphere = tuple[float, float, float, float]
"""x, y, z and radius, pixels."""

FAR = 1e6
"""Depth where there is nothing."""

_FAR = np.float32(FAR)


class DepthMap:
    """A depth map with the number of the shape that is in front.

    Attributes:
        depth: float32 (h, w), pixels, FAR where empty.
        owner: uint8 (h, w), the number of the nearest shape, meaningful where not empty.
    """

    def __init__(self, width: int, height: int) -> None:
        """
        Args:
            width, height: pixels.
        """
        self.depth: Float32 = np.full((height, width), FAR, np.float32)
        self.owner: NDArray[np.uint8] = np.zeros((height, width), np.uint8)
        self._x = np.arange(width, dtype=np.float32) + np.float32(0.5)
        self._y = np.arange(height, dtype=np.float32) + np.float32(0.5)

    def capsule(self, a: Sphere, b: Sphere, owner: int) -> None:
        """The hull of two spheres.

        Args:
            a, b: (x, y, z, radius), pixels.
            owner: number to write.
        """
        ax, ay, az, ra = a
        bx, by, bz, rb = b
        length = math.hypot(bx - ax, by - ay)
        slope_r = (rb - ra) / length if length > 0.25 else 2.0
        if abs(slope_r) >= 0.95:  # one sphere hides the other, or the bone points at the camera
            self._sphere(ax, ay, az, ra, owner)
            self._sphere(bx, by, bz, rb, owner)
            return
        box = self._box(min(ax - ra, bx - rb), min(ay - ra, by - rb), max(ax + ra, bx + rb), max(ay + ra, by + rb))
        if box is None:
            return
        rows, columns = box
        ux, uy, slope_z = (bx - ax) / length, (by - ay) / length, (bz - az) / length
        x = (self._x[columns] - ax)[None, :]
        y = (self._y[rows] - ay)[:, None]
        along = x * ux + y * uy
        across2 = y * ux - x * uy
        across2 *= across2
        # The surface is the nearest of all spheres on the axis. With s the place on the axis, depth is
        # slope_z s - sqrt((ra + slope_r s)^2 - across^2 - (along - s)^2); the least lies at a closed form of s.
        k = 1.0 - slope_r * slope_r
        middle = along + ra * slope_r
        middle *= 1 / k
        half2: Float32 = np.square(along)
        half2 += across2
        half2 -= ra * ra
        half2 *= -1 / k
        half2 += middle * middle
        np.maximum(half2, 0, out=half2)
        np.sqrt(half2, out=half2)
        half2 *= slope_z / math.sqrt(k + slope_z * slope_z)
        s = np.subtract(middle, half2, out=middle)
        np.maximum(s, 0, out=s)
        np.minimum(s, length, out=s)
        along -= s
        along *= along
        across2 += along
        radius = s * slope_r
        radius += ra
        radius *= radius
        radius -= across2
        missed = radius <= 0
        np.maximum(radius, 0, out=radius)
        np.sqrt(radius, out=radius)
        s *= slope_z
        s += az
        s -= radius
        np.putmask(s, missed, _FAR)
        self._merge(rows, columns, s, owner)

    def wedge(self, a: Sphere, b: Sphere, c: Sphere, owner: int) -> None:
        """The flat side, toward the camera, of the hull of three spheres (its rims are capsules)."""
        plane = _tangent_plane(a, b, c)
        if plane is None:
            return
        ((x0, y0), (x1, y1), (x2, y2)), (zx, zy, z0) = plane
        box = self._box(min(x0, x1, x2), min(y0, y1, y2), max(x0, x1, x2), max(y0, y1, y2))
        if box is None:
            return
        rows, columns = box
        x, y = self._x[columns], self._y[rows][:, None]
        turn = 1.0 if (x1 - x0) * (y2 - y0) - (y1 - y0) * (x2 - x0) > 0 else -1.0
        # How far inside all three edges; with some overlap, so that neighbours leave no seam.
        least: Float32 | None = None
        for px, py, qx, qy in ((x0, y0, x1, y1), (x1, y1, x2, y2), (x2, y2, x0, y0)):
            ex, ey = turn * (qx - px), turn * (qy - py)
            edge = x * -ey - (ex * py - ey * px - 0.4 * math.hypot(ex, ey)) + y * ex
            least = edge if least is None else np.minimum(least, edge, out=least)
        z = (x * zx + z0) + y * zy
        if least is not None:
            np.putmask(z, least < 0, _FAR)
        depth = self.depth[rows, columns]
        np.copyto(self.owner[rows, columns], np.uint8(owner), where=z < depth)
        np.minimum(depth, z, out=depth)

    def _sphere(self, x: float, y: float, z: float, r: float, owner: int) -> None:
        box = self._box(x - r, y - r, x + r, y + r)
        if box is None:
            return
        rows, columns = box
        dx, dy = self._x[columns] - x, self._y[rows] - y
        q = (r * r - dx * dx)[None, :] - (dy * dy)[:, None]
        front = z - np.sqrt(np.maximum(q, 0))
        front[q <= 0] = FAR
        self._merge(rows, columns, front.astype(np.float32), owner)

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice] | None:
        height, width = self.depth.shape
        left, right = max(0, math.floor(x0)), min(width, math.ceil(x1) + 1)
        top, bottom = max(0, math.floor(y0)), min(height, math.ceil(y1) + 1)
        return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None

    def _merge(self, rows: slice, columns: slice, z: Float32, owner: int) -> None:
        depth = self.depth[rows, columns]
        np.copyto(self.owner[rows, columns], np.uint8(owner), where=z < depth)
        np.minimum(depth, z, out=depth)


def _tangent_plane(
    a: Sphere, b: Sphere, c: Sphere
) -> tuple[tuple[tuple[float, float], ...], tuple[float, float, float]] | None:
    """The plane that touches three spheres on their camera side: the touching points, and z = zx x + zy y + z0."""
    ux, uy, uz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    vx, vy, vz = c[0] - a[0], c[1] - a[1], c[2] - a[2]
    nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
    area2 = nx * nx + ny * ny + nz * nz
    if area2 < 1e-6:
        return None
    # n.u = ra - rb and n.v = ra - rc, |n| = 1: a part within the plane of the centres, the rest along its normal.
    du, dv = (a[3] - b[3]) / area2, (a[3] - c[3]) / area2
    fx = du * (vy * nz - vz * ny) + dv * (ny * uz - nz * uy)
    fy = du * (vz * nx - vx * nz) + dv * (nz * ux - nx * uz)
    fz = du * (vx * ny - vy * nx) + dv * (nx * uy - ny * ux)
    rest = 1 - (fx * fx + fy * fy + fz * fz)
    if rest <= 0:
        return None
    along = math.sqrt(rest / area2) * (-1.0 if nz > 0 else 1.0)
    nx, ny, nz = fx + nx * along, fy + ny * along, fz + nz * along
    if nz > -0.05:  # seen edge on: the rims cover it
        return None
    zx, zy = -nx / nz, -ny / nz
    touch = tuple((s[0] + nx * s[3], s[1] + ny * s[3]) for s in (a, b, c))
    z0 = a[2] + nz * a[3] - zx * touch[0][0] - zy * touch[0][1]
    return touch, (zx, zy, z0)
