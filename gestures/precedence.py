"""Which pose goes before which, whatever the fit: one of the user's that asks for all that another asks for, and more.

Fit alone cannot tell them: a condition more is one more that may be a little off, so that the wider pose would often
win where the hand plainly shows the narrower one. The built-in poses were weighed against each other, and none of them
shuts out a wider one of the user's: there the fit decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from handplay.gestures.kinds import Pose
from handplay.gestures.library import builtin_file

_STATES = ("extended", "half", "curled")


def outdone(poses: Sequence[Pose]) -> tuple[tuple[int, ...], ...]:
    """Of each pose the numbers of those that it goes before when a hand shows both; poses of a layer only."""
    builtin = builtin_file().file
    words: dict[tuple[object, ...], int] = {}
    asked = [_asked(pose, words) for pose in poses]
    fingers = [_fingers(pose) for pose in poses]
    rows = []
    for number, pose in enumerate(poses):
        more, states = asked[number], fingers[number]
        rows.append(
            tuple(
                other
                for other, (less, wider) in enumerate(zip(asked, fingers, strict=True))
                if pose.file != builtin
                and not (less & ~more or states & ~wider)
                and (less != more or wider != states)
                and poses[other].layer == pose.layer
            )
        )
    return tuple(rows)


def _fingers(pose: Pose) -> int:
    """The finger states that it allows, a bit each."""
    bits = 0
    for states in pose.fingers:
        for state in _STATES:
            bits = bits << 1 | (states is None or state in states)
    return bits


def _asked(pose: Pose, words: dict[tuple[object, ...], int]) -> int:
    """Its other conditions, a bit each; `words` keeps which."""
    chosen = (("palm", pose.palm), ("grip", pose.grip), ("hand", pose.hand))
    rows: list[tuple[object, ...]] = [
        *(("touching", pair) for pair in pose.touching),
        *(("apart", pair) for pair in pose.apart),
        *(("together", pair) for pair in pose.together),
        *(("pointing", way) for way in pose.pointing),
        *((name, word) for name, word in chosen if word != "any"),
    ]
    bits = 0
    for row in rows:
        bits |= words.setdefault(row, 1 << len(words))
    return bits
