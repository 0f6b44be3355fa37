"""All numbers of the tracker, each with its source. One frozen dataclass a stage.

"graph" is MediaPipe's published hand graph (palm_detection_cpu.pbtxt, hand_landmark_cpu.pbtxt and the rectangle
calculators they name); the models were trained for crops cut that way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["video", "still"]


def _need(holds: bool, what: str, got: object, wanted: str) -> None:
    if not holds:
        raise ValueError(f"{what}: got {got!r}, wanted {wanted}")


def _need_positive(settings: object, *but: str) -> None:
    """Every number of a stage is above 0, except those named."""
    for field_name in getattr(settings, "__slots__", ()):
        value = getattr(settings, field_name)
        numbers = value if isinstance(value, tuple) else (value,)
        if field_name not in but:
            for number in numbers:
                _need(number > 0, f"{type(settings).__name__}.{field_name}", value, "more than 0")


@dataclass(frozen=True, slots=True)
class PalmSettings:
    """Palm detection.

    Attributes:
        min_score: proposals below it are dropped, 0..1 (graph: 0.5).
        nms_iou: boxes that overlap more than this are one palm (graph: 0.3).
    """

    min_score: float = 0.5
    nms_iou: float = 0.3

    def __post_init__(self) -> None:
        _need(0 < self.min_score < 1, "PalmSettings.min_score", self.min_score, "a number between 0 and 1")
        _need(0 < self.nms_iou < 1, "PalmSettings.nms_iou", self.nms_iou, "a number between 0 and 1")


@dataclass(frozen=True, slots=True)
class RoiSettings:
    """Squares around palms and hands.

    Attributes:
        palm_scale, palm_shift: side and shift toward the fingers from a palm box (graph: 2.6, 0.5).
        hand_scale, hand_shift: the same from landmarks (graph: 2.0, 0.1).
        same_iou: two squares that overlap more are the same hand (graph: 0.5).
    """

    palm_scale: float = 2.6
    palm_shift: float = 0.5
    hand_scale: float = 2.0
    hand_shift: float = 0.1
    same_iou: float = 0.5

    def __post_init__(self) -> None:
        _need(self.palm_scale > 0, "RoiSettings.palm_scale", self.palm_scale, "more than 0")
        _need(self.hand_scale > 0, "RoiSettings.hand_scale", self.hand_scale, "more than 0")
        _need(0 < self.same_iou < 1, "RoiSettings.same_iou", self.same_iou, "a number between 0 and 1")


@dataclass(frozen=True, slots=True)
class MotionSettings:
    """How a square is led by its hand's motion.

    Attributes:
        velocity_gain, ratio_gain, shape_gain: share of a new measurement that enters the estimate, 0..1.
        fade_s: an unseen hand is expected to slow down within about this time.
        rest_lead, full_lead: leads below the first share of the side are none, above the second whole. A palm is a
            third of the side, and MediaPipe's unled crop holds a hand up to about a third of a palm a frame.
        rest_change, rest_gain: a steady square follows a change of this size (sides, log size and radians added up)
            whole, a smaller one in proportion, but never by less than this share.
        max_lead: never lead by more than this many sides.
        max_speed_up, max_turn_rad: most that the velocity is believed to change from one step to the next.
        wider_by_lead, max_wider: the square grows by this share of its lead, at most so much.
        wider_unseen: further growth when the hand was not seen for `fade_s`.
    """

    velocity_gain: float = 0.9
    ratio_gain: float = 0.6
    shape_gain: float = 0.5
    fade_s: float = 0.25
    rest_lead: float = 0.06
    full_lead: float = 0.16
    rest_change: float = 0.08
    rest_gain: float = 0.15
    max_lead: float = 2.0
    max_speed_up: float = 1.4
    max_turn_rad: float = 1.2
    wider_by_lead: float = 0.3
    max_wider: float = 0.3
    wider_unseen: float = 0.4

    def __post_init__(self) -> None:
        for name in ("velocity_gain", "ratio_gain", "shape_gain"):
            value = getattr(self, name)
            _need(0 < value <= 1, f"MotionSettings.{name}", value, "a number above 0, at most 1")
        _need(self.fade_s > 0, "MotionSettings.fade_s", self.fade_s, "more than 0 seconds")
        _need(self.full_lead > self.rest_lead, "MotionSettings.full_lead", self.full_lead, "more than rest_lead")


@dataclass(frozen=True, slots=True)
class SmoothingSettings:
    """One-Euro filter in palm lengths (Casiez, Roussel, Vogel 2012) that tells the noise of rest from motion.

    The numbers are the knee of the jitter-lag curve on exact truth (docs/smoothing.md): at 4 ms of lag a quarter of
    what the paper's filter leaves of the jitter.

    Attributes:
        min_cutoff_hz: cutoff at rest; lower is steadier.
        beta: cutoff gained per palm length a second; higher lags less in motion.
        d_cutoff_hz: cutoff of the speed estimate.
        rest_speed: palm lengths a second; slower is taken for noise and hardly opens the filter.
    """

    min_cutoff_hz: float = 0.3
    beta: float = 30.0
    d_cutoff_hz: float = 1.5
    rest_speed: float = 1.5

    def __post_init__(self) -> None:
        _need(self.min_cutoff_hz > 0, "SmoothingSettings.min_cutoff_hz", self.min_cutoff_hz, "more than 0 Hz")
        _need(self.beta >= 0, "SmoothingSettings.beta", self.beta, "0 or more")
        _need(self.d_cutoff_hz > 0, "SmoothingSettings.d_cutoff_hz", self.d_cutoff_hz, "more than 0 Hz")
        _need(self.rest_speed >= 0, "SmoothingSettings.rest_speed", self.rest_speed, "0 or more")


@dataclass(frozen=True, slots=True)
class VerifySettings:
    """What counts as a hand. Presences were read off 150 frames of pointing hands and 80 proposals on none.

    Attributes:
        worth_a_look: a first look below it is not followed by a second.
        found: presence of the second look that makes a hand (the highest of a phantom was 0.39, hands begin at 0.7).
        kept: presence that keeps a hand that is followed (graph: 0.5).
        doubted: a hand that is followed may sink to this presence while it moves as expected, for `doubt_s`.
        palm_m, longest_bone, fill: what 130 hands of photographs showed, with a margin: palm of the world landmarks
            in metres, longest bone in palms, extent of the landmarks in sides of the square.
    """

    worth_a_look: float = 0.15
    found: float = 0.55
    kept: float = 0.5
    doubted: float = 0.05
    doubt_s: float = 0.35
    palm_m: tuple[float, float] = (0.04, 0.145)
    longest_bone: float = 1.35
    fill: tuple[float, float] = (0.34, 1.1)

    def __post_init__(self) -> None:
        _need_positive(self)
        for name in ("worth_a_look", "found", "kept", "doubted"):
            _need(getattr(self, name) < 1, f"VerifySettings.{name}", getattr(self, name), "a presence below 1")
        for name in ("palm_m", "fill"):
            low, high = getattr(self, name)
            _need(low < high, f"VerifySettings.{name}", (low, high), "a smaller and a larger number")


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Where and how often the palm detector looks.

    Attributes:
        proposal, quiet_proposal: palm score from which a proposal is verified, where something moved and elsewhere.
        most_verified: proposals verified for each detector run.
        closer_score: the best proposal that was not verified is looked at more closely from this score.
        doubt_s, stir_s: a proposal that was refused where nothing moves is left alone for so long, or until something
            does; one where something moved just now, for the second time.
        tiles_px: sides of the tiles, pixels of the picture.
        turns_deg: turns of the whole picture that stills are searched in besides the upright one.
        overlap: share of a tile that its neighbour shows too.
        whole_worth: weight of the whole picture against one tile.
        heat_worth: how much more a place is worth where something moved.
        change: grey levels that a cell must change by to count as movement.
        moving_s, alert_runs: while something moves, and for so long after, this many detector runs a frame, if no hand
            is there.
        alert_s, alert_every_s: then, for so long, one run this often; after the start, and after the last hand was
            lost, the search runs at full rate all that time.
        idle_runs, idle_every_s: runs at a time, and time between them, when nothing moves and no hand is there.
        calm_s, calm_every_s: when nothing has moved for so long, the time between them is this: what comes in moves.
        frames_per_run: frames for each run while some but not all allowed hands are followed.
        most_debt: hurry may overdraw the budget by so many runs.
        enter_runs: runs at once when something begins to move while a hand is followed.
        await_every_s: the whole picture is searched this often while a lost hand may come back (every third picture
            at 30 fps trebled the flips of crossing hands).
        watch_every: while hands are followed, the picture is watched for movement on one frame in so many.
        chase_s: a hand that was just lost is searched for with the detector for so long, near where it should be.
        expect_s: and with the keypoint model alone, where it should be, for so long.
        near_sides: side of the neighbourhood that a lost hand is searched in, in sides of its square.
    """

    proposal: float = 0.05
    quiet_proposal: float = 0.25
    most_verified: int = 3
    closer_score: float = 0.2
    doubt_s: float = 10.0
    stir_s: float = 0.15
    tiles_px: tuple[int, ...] = (480,)
    turns_deg: tuple[float, ...] = (45.0, -45.0, 90.0, -90.0)
    overlap: float = 0.25
    whole_worth: float = 4.0
    heat_worth: float = 3.0
    change: float = 2.5
    moving_s: float = 0.05
    alert_runs: int = 2
    alert_s: float = 0.8
    alert_every_s: float = 0.15
    idle_runs: int = 1
    idle_every_s: float = 0.3
    calm_s: float = 2.0
    calm_every_s: float = 0.8
    frames_per_run: int = 10
    most_debt: float = 3.0
    enter_runs: int = 2
    await_every_s: float = 0.03
    watch_every: int = 5
    chase_s: float = 0.35
    expect_s: float = 0.8
    near_sides: float = 3.0

    def __post_init__(self) -> None:
        _need_positive(self, "turns_deg", "enter_runs", "alert_s")
        _need(self.overlap < 1, "SearchSettings.overlap", self.overlap, "a share below 1")
        _need(self.proposal < 1, "SearchSettings.proposal", self.proposal, "a score below 1")


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """When two looks are one hand, and when a hand that was lost is back.

    Attributes:
        double_points, double_distance: two looks are one hand if so many of the 21 landmarks lie within this share of
            the palm's longest side (MediaPipe's Tasks graph: 10 points, 0.2).
        gate_sides, gate_growth: a lost hand is believed back within so many sides of where it was expected, and so
            many more for each second unseen.
        gate_log_size: change of size at the edge of belief, natural logarithm.
        size_weight: what a change of size costs against one of place.
        side_weight: what a look that speaks for the other side costs.
        contrary_s: looks that speak for the other side are taken for another hand for so long, before they count.
        exchange_sides: hands this near, in sides of their squares, may have been taken for one another.
        hold_sides: a look whose side is not clear is held back if the other hand is this near
        own_way_sides: and the look is not nearer by so much to where its own hand was expected than to where the other
            was: hands that turn edge-on as they come together are not taken for each other before they meet.
        memory_s: a lost hand keeps its id for so long.
        confirm_looks, confirm_after_s: a doubtful new hand is shown after so many looks, or two this far apart.
        confirm_s: it has this long for them.
        sure_score, sure_presence: a new hand with both is shown at once.
    """

    double_points: int = 10
    double_distance: float = 0.25
    gate_sides: float = 0.8
    gate_growth: float = 1.5
    gate_log_size: float = 0.7
    size_weight: float = 0.8
    side_weight: float = 0.7
    contrary_s: float = 0.4
    exchange_sides: float = 1.25
    hold_sides: float = 0.8
    own_way_sides: float = 0.25
    memory_s: float = 1.5
    confirm_looks: int = 3
    confirm_after_s: float = 0.09
    confirm_s: float = 0.3
    sure_score: float = 0.5
    sure_presence: float = 0.8

    def __post_init__(self) -> None:
        _need_positive(self)
        _need(self.double_points <= 21, "IdentitySettings.double_points", self.double_points, "at most 21 landmarks")


@dataclass(frozen=True, slots=True)
class MeetingSettings:
    """Two hands that come close, and who is who when they part.

    Attributes:
        close_sides: hands are close if their squares' centres lie within so many sides of the larger.
        after_s: a meeting goes on for so long after they were last close.
        learn_every_s, learn: what a lone hand looks like is learned this often, by this share.
        blend_shape: the fingers of a close hand that change by more (palm lengths) are taken for a blend of two hands.
        blend_side: so is a look that speaks for the other side as clearly as this, 0..1.
        astray_sides: a blend is not shown if it lies further from the hand's way than so many sides.
        coast_s: a hand whose looks are blends is believed to go on as it went for so long.
        side_worth: what a look of the other side is worth among likenesses.
        keep: share of the evidence that the next picture keeps.
        enough, enough_alone: evidence that exchanges ids, when both hands are seen and when one is.
        most: most that a single look adds while the other hand is not seen.
        alike, alike_factor: a look that is less strange than the first is believed to be a lost hand's although it
            came out elsewhere: its misfit counts by the second.
    """

    close_sides: float = 0.6
    after_s: float = 0.6
    learn_every_s: float = 0.1
    learn: float = 0.3
    blend_shape: float = 0.2
    blend_side: float = 0.5
    astray_sides: float = 0.12
    coast_s: float = 0.35
    side_worth: float = 3.0
    keep: float = 0.6
    enough: float = 3.0
    enough_alone: float = 3.9
    most: float = 2.5
    alike: float = 1.5
    alike_factor: float = 0.4

    def __post_init__(self) -> None:
        _need_positive(self)
        _need(self.keep < 1, "MeetingSettings.keep", self.keep, "a share below 1")


@dataclass(frozen=True, slots=True)
class ConditionSettings:
    """When a picture is said to be too poor.

    Attributes:
        every_s: it is judged this often; a fault must last `hold_s`, and be gone for `clear_s`.
        dark_level, bright_level: mean grey level 0..255; shadows are raised well before the first is reached.
        burnt_share: share of the picture that is white through and through.
        unseen_s: light is no fault while a hand was seen within this time.
        far_px: the largest palm is smaller than this, pixels: tracked, but its fingers can hardly be told apart.
        frozen_s: not one pixel changed for so long; a camera's noise never does that.
        slow_fps: pictures arrive more slowly than this.
    """

    every_s: float = 0.2
    hold_s: float = 0.8
    clear_s: float = 0.4
    dark_level: float = 28.0
    bright_level: float = 228.0
    burnt_share: float = 0.6
    unseen_s: float = 0.5
    far_px: float = 16.0
    frozen_s: float = 2.0
    slow_fps: float = 9.0

    def __post_init__(self) -> None:
        _need_positive(self)
        _need(
            self.dark_level < self.bright_level, "ConditionSettings.dark_level", self.dark_level, "below bright_level"
        )


@dataclass(frozen=True, slots=True)
class TrackerSettings:
    """The tracker as a whole.

    Attributes:
        min_presence: in stills, a crop below it holds no hand, 0..1 (graph: 0.5).
        handedness_memory: cap on the accumulated evidence for left or right, in log-odds; a hand has to be seen as
            the other side for about this long, weighted by certainty, before its label turns.
        palm, roi, motion, verify, search, identity, meeting, smoothing, condition: the stages.
    """

    min_presence: float = 0.5
    handedness_memory: float = 12.0
    palm: PalmSettings = field(default_factory=PalmSettings)
    roi: RoiSettings = field(default_factory=RoiSettings)
    motion: MotionSettings = field(default_factory=MotionSettings)
    verify: VerifySettings = field(default_factory=VerifySettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    meeting: MeetingSettings = field(default_factory=MeetingSettings)
    smoothing: SmoothingSettings = field(default_factory=SmoothingSettings)
    condition: ConditionSettings = field(default_factory=ConditionSettings)

    def __post_init__(self) -> None:
        _need(0 < self.min_presence < 1, "TrackerSettings.min_presence", self.min_presence, "between 0 and 1")
        _need(self.handedness_memory > 0, "TrackerSettings.handedness_memory", self.handedness_memory, "more than 0")
