"""What is exported is what is seen: PNG, SVG (rendered by somebody else's renderer), GIF and MP4."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from handplay.engine.errors import OutputError
from handplay.games.airdraw.background import Background
from handplay.games.airdraw.document import Document, Layer, Sheet
from handplay.games.airdraw.drawing import Drawing
from handplay.games.airdraw.export_png import export_png, rendered, straight_alpha, whole_view
from handplay.games.airdraw.export_replay import ReplaySettings, begun, export_replay, pictures, schedule
from handplay.games.airdraw.export_svg import export_svg, svg_text
from handplay.games.airdraw.flood import fill
from handplay.games.airdraw.view import View

SIZE = (640, 360)
SVG = "{http://www.w3.org/2000/svg}"

rsvg = pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="rsvg-convert is not installed")


def read(path: Path) -> NDArray[np.uint8]:
    pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert pixels is not None
    return np.asarray(pixels, np.uint8)


def picture(colour: tuple[int, int, int], width: int = 64, height: int = 32) -> Background:
    pixels = np.full((height, width, 3), colour[::-1], np.uint8)
    pixels[:, : width // 2] = 0
    return Background(cv2.imencode(".png", pixels)[1].tobytes(), "png", (width, height))


def test_svg_is_well_formed_and_names_its_layers(drawings: ModuleType) -> None:
    document = drawings.every_tool()
    root = ET.fromstring(svg_text(document).encode())
    groups = root.findall(f"{SVG}g")
    label = "{http://www.inkscape.org/namespaces/inkscape}label"
    assert [group.get(label) for group in groups] == ["Layer 1", "Above <&>"]
    assert groups[1].get("opacity") == "0.8"
    assert all(group.get("style") == "isolation:isolate" for group in groups)
    assert len(groups[1]) == 1 + 11
    smooth = groups[0][0].get("d", "")
    assert smooth.count("C") >= 15
    assert re.fullmatch(r"M[-\d.,]+([CL][-\d., ]+)+", smooth)
    masks = {mask.get("id") for mask in root.iter(f"{SVG}mask")}
    used = set(re.findall(r"url\(#(m\d+)\)", svg_text(document)))
    assert used == masks
    assert used
    texts = svg_text(document)
    assert "mix-blend-mode:multiply" in texts
    assert "nan" not in texts.lower()


@rsvg
@pytest.mark.parametrize("canvas", ["white", "black"])
def test_svg_looks_like_the_picture(drawings: ModuleType, tmp_path: Path, canvas: str) -> None:
    document = drawings.every_tool()
    document = Document(document.strokes, replace(document.sheet, canvas=canvas))
    export_svg(document, tmp_path / "a.svg", box=View().box(SIZE))
    command = ["rsvg-convert", "-w", str(SIZE[0]), "-h", str(SIZE[1]), str(tmp_path / "a.svg")]
    subprocess.run([*command, "-o", str(tmp_path / "a.png")], check=True)
    theirs = read(tmp_path / "a.png")[..., :3].astype(int)
    ours = rendered(document, SIZE, View())[..., :3].astype(int)
    off = np.abs(theirs - ours).max(axis=2)
    assert off.mean() < 0.8
    # Edges differ by how they are rounded; nothing that is a place does.
    assert (off > 90).mean() < 0.001
    inside = cv2.erode((off > 40).astype(np.uint8), np.ones((3, 3), np.uint8))
    assert inside.sum() == 0
    assert off.max() > 0


@rsvg
def test_the_comparison_can_fail(drawings: ModuleType, tmp_path: Path) -> None:
    document = drawings.every_tool()
    text = svg_text(document, box=View().box(SIZE)).replace(' mask="url(#m1)"', "")
    (tmp_path / "a.svg").write_text(text, encoding="utf-8")
    subprocess.run(["rsvg-convert", "-w", "640", str(tmp_path / "a.svg"), "-o", str(tmp_path / "a.png")], check=True)
    off = np.abs(read(tmp_path / "a.png")[..., :3].astype(int) - rendered(document, SIZE, View())[..., :3]).max(axis=2)
    assert (off > 90).mean() > 0.001


@rsvg
def test_the_background_is_in_the_svg(tmp_path: Path) -> None:
    document = Document((), Sheet(background=picture((200, 40, 10))))
    for wanted, background in (((10, 40, 200), True), ((0, 0, 0), False)):
        text = svg_text(document, box=(-1, -0.5, 1, 0.5), background=background)
        (tmp_path / "a.svg").write_text(text, encoding="utf-8")
        command = ["rsvg-convert", "-w", "200", str(tmp_path / "a.svg"), "-o", str(tmp_path / "a.png")]
        subprocess.run(command, check=True)
        seen = read(tmp_path / "a.png")
        assert tuple(seen[50, 150, :3]) == wanted
        assert seen.shape[2] == 3 or seen[50, 150, 3] == (255 if background else 0)


def test_hidden_layers_are_not_exported(drawings: ModuleType) -> None:
    sheet = Sheet((Layer(1), Layer(2, visible=False)))
    document = Document([drawings.scribble(1).with_id(1), drawings.scribble(2, layer=2).with_id(2)], sheet)
    bare = Document(document.strokes[:1], Sheet((Layer(1),)))
    assert len(ET.fromstring(svg_text(document).encode()).findall(f"{SVG}g")) == 1
    assert np.array_equal(rendered(document, SIZE, View()), rendered(bare, SIZE, View()))


def test_png_of_any_size_is_the_same_picture(drawings: ModuleType, tmp_path: Path) -> None:
    document = drawings.every_tool()
    small, large = rendered(document, (320, 180), View()), rendered(document, (1920, 1080), View())
    shrunk = cv2.resize(large, (320, 180), interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(shrunk - small).mean() < 1.5
    export_png(document, tmp_path / "a.png", size_px=(700, 300))
    assert read(tmp_path / "a.png").shape == (300, 700, 3)


def test_png_grounds(drawings: ModuleType, tmp_path: Path) -> None:
    document = Document([drawings.pen((0, 0), (0.3, 0), width=0.1).with_id(1)], Sheet(canvas="camera"))
    camera = np.full((90, 200, 3), (9, 99, 199), np.uint8)
    corners = {}
    for name, ground in (("clear", "transparent"), ("camera", camera), ("canvas", "canvas")):
        export_png(document, tmp_path / "a.png", size_px=SIZE, view=View(), ground=ground)  # type: ignore[arg-type]
        pixels = read(tmp_path / "a.png")
        corners[name] = tuple(int(v) for v in pixels[5, 5])
        assert tuple(pixels[180, 330, :3]) == (200, 60, 30)
    assert corners == {"clear": (0, 0, 0, 0), "camera": (9, 99, 199), "canvas": (0, 0, 0, 0)}


def test_translucent_ink_comes_out_of_the_png_in_its_own_colour(drawings: ModuleType, tmp_path: Path) -> None:
    stroke = drawings.pen((-0.2, 0), (0.2, 0), tool="highlighter", colour=(250, 220, 10), width=0.2).with_id(1)
    export_png(Document([stroke]), tmp_path / "a.png", size_px=SIZE, view=View(), ground="transparent")
    blue, green, red, alpha = read(tmp_path / "a.png")[180, 320].astype(int)
    assert alpha == pytest.approx(0.45 * 255, abs=1)
    assert (red, green, blue) == pytest.approx((250, 220, 10), abs=2)


def test_straight_alpha_keeps_within_bounds() -> None:
    wrong = np.full((2, 2, 4), 200, np.uint8)
    wrong[..., 3] = 100
    assert straight_alpha(wrong)[0, 0].tolist() == [255, 255, 255, 100]


@pytest.mark.parametrize("size", [(0, 10), (10, 20_000)])
def test_sizes_out_of_bounds_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not within 1 and"):
        rendered(Document(), size, View())


def test_the_whole_drawing_is_in_the_picture(drawings: ModuleType) -> None:
    assert whole_view(Document(), SIZE) == View()
    far = Document([drawings.pen((3, 2), (4, 2.5)).with_id(1)])
    assert rendered(far, SIZE, whole_view(far, SIZE))[..., :3].min() < 250


def test_exports_leave_no_half_files(tmp_path: Path, drawings: ModuleType) -> None:
    document = drawings.every_tool()
    nowhere = tmp_path / "none"
    for export, name in (
        (export_png, "a.png"),
        (export_svg, "a.svg"),
        (export_replay, "a.gif"),
        (export_replay, "a.mp4"),
    ):
        with pytest.raises(OutputError, match="there is no folder"):
            export(document, nowhere / name)
    with pytest.raises(OutputError, match=r"Let it end in \.gif or \.mp4"):
        export_replay(document, tmp_path / "a.avi")
    with pytest.raises(OutputError, match="nothing to replay yet"):
        export_replay(Document(), tmp_path / "a.gif")
    assert list(tmp_path.iterdir()) == []


FILM = ReplaySettings(size_px=(160, 90), fps=10)


def test_rests_are_cut_and_an_hour_is_no_long_film(drawings: ModuleType) -> None:
    long = [replace(drawings.scribble(k), start_s=300.0 * k).with_id(k + 1) for k in range(400)]
    rows = schedule(long, FILM)
    assert rows[-1].end_s == pytest.approx(FILM.most_s - FILM.end_s)
    one, two = schedule(long[:2], FILM)
    assert (one.begin_s, one.end_s) == (0.25, 1.25)
    assert two.begin_s == pytest.approx(1.5)
    # A minute of drawing is a film of some seconds.
    minute = [replace(drawings.scribble(k), start_s=1.0 * k).with_id(k + 1) for k in range(60)]
    assert schedule(minute, FILM)[-1].end_s + FILM.end_s < 11
    again = [replace(drawings.scribble(k), start_s=5.0 - k).with_id(k + 1) for k in range(3)]
    ends = [row.end_s for row in schedule(again, FILM)]
    assert ends == sorted(ends)


def test_the_film_ends_with_the_drawing(drawings: ModuleType) -> None:
    drawing = Drawing(drawings.every_tool())
    drawing.layer = 1
    assert fill(drawing, 0.7, 0.33, (5, 5, 250), View(), (1280, 720))
    document = drawing.document
    film = replace(FILM, size_px=(640, 360), fps=4)
    frames = list(pictures(document, film, View()))
    whole = rendered(document, film.size_px, View())[..., :3].astype(int)
    assert np.abs(frames[-1].astype(int) - whole).max() <= 3
    ink = [(255 - frame.astype(int)).sum() for frame in frames]
    assert ink[0] < ink[len(ink) // 3] < ink[-1]


def test_half_a_stroke_ends_between_its_points(drawings: ModuleType) -> None:
    stroke = drawings.scribble(3)
    half = begun(stroke, 0.5)
    assert half is not None
    assert 10 <= len(half.points) <= 12
    assert np.array_equal(half.points[:-1], stroke.points[: len(half.points) - 1])
    assert begun(stroke, 1.0) == stroke


def test_gif_and_mp4_can_be_played(tmp_path: Path, drawings: ModuleType) -> None:
    document = Document([drawings.scribble(k).with_id(k + 1) for k in range(3)])
    shares: list[float] = []
    export_replay(document, tmp_path / "a.gif", FILM, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.size == (160, 90)
        length = 0
        for number in range(getattr(gif, "n_frames", 1)):
            gif.seek(number)
            length += int(gif.info["duration"])
    assert 4000 < length < 6500
    export_replay(document, tmp_path / "a.mp4", FILM)
    video = cv2.VideoCapture(str(tmp_path / "a.mp4"))
    count = 0
    while video.read()[0]:
        count += 1
    video.release()
    assert 40 < count < 65


@pytest.mark.parametrize(
    ("x", "y", "filled"),
    [(0.2, 0.36, True), (0.45, 0.35, True), (-0.8, 0.0, False), (9.0, 9.0, False)],
    ids=["rectangle", "triangle", "outside", "not_in_view"],
)
def test_fill_takes_closed_places_alone(drawings: ModuleType, x: float, y: float, filled: bool) -> None:
    drawing = Drawing(drawings.every_tool())
    drawing.layer = 1
    before = len(drawing.document.strokes)
    assert fill(drawing, x, y, (250, 0, 250), View(), (1280, 720)) == filled
    assert len(drawing.document.strokes) == before + filled
    if filled:
        pixels = rendered(drawing.document, (1280, 720), View())
        px, py = (int(v) for v in View().to_px(x, y, (1280, 720)))
        assert tuple(pixels[py, px, :3]) == (250, 0, 250)
        drawing.undo()
        assert len(drawing.document.strokes) == before


def test_fill_leaves_no_light_and_covers_no_ink(drawings: ModuleType) -> None:
    drawing = Drawing()
    drawing.add(drawings.pen((0, 0), (0.3, 0), (0, 0.2), tool="ellipse", colour=(0, 0, 0), width=0.02))
    before = rendered(drawing.document, (1280, 720), View())
    assert fill(drawing, 0, 0, (0, 0, 0), View(), (1280, 720))
    after = rendered(drawing.document, (1280, 720), View())
    yy, xx = np.mgrid[0:720, 0:1280]
    inside = ((xx - 639.5) / 216) ** 2 + ((yy - 359.5) / 144) ** 2 < 1
    assert after[..., :3][inside].max() <= 3
    assert np.array_equal(before[~inside & (before[..., 0] > 0)], after[~inside & (before[..., 0] > 0)])


def test_fill_with_a_hole_and_again_in_another_colour(drawings: ModuleType) -> None:
    drawing = Drawing()
    for radius in (0.3, 0.1):
        drawing.add(drawings.pen((0, 0), (radius, 0), (0, radius), tool="ellipse"))
    assert fill(drawing, 0.2, 0, (255, 0, 0), View(), (1280, 720))
    pixels = rendered(drawing.document, (1280, 720), View())
    assert tuple(pixels[360, 640, :3]) == (255, 255, 255)
    assert tuple(pixels[360, 640 + 144, :3]) == (0, 0, 255)
    count = len(drawing.document.strokes)
    assert fill(drawing, 0.2, 0, (0, 255, 0), View(), (1280, 720))
    assert len(drawing.document.strokes) == count
    assert tuple(rendered(drawing.document, (1280, 720), View())[360, 640 + 144, :3]) == (0, 255, 0)


def test_fill_after_erasing_is_not_erased(drawings: ModuleType) -> None:
    drawing = Drawing()
    drawing.add(drawings.pen((-0.3, 0), (0.3, 0), tool="eraser", colour=(0, 0, 0), width=0.2))
    drawing.add(drawings.pen((0, 0), (0.3, 0), (0, 0.2), tool="ellipse"))
    assert fill(drawing, 0, 0, (255, 0, 0), View(), (1280, 720))
    assert tuple(rendered(drawing.document, (1280, 720), View())[360, 640, :3]) == (0, 0, 255)


CROWDED = """
import resource, sys
from pathlib import Path
import numpy as np
from handplay.engine.errors import OutputError
from handplay.games.airdraw.document import Document
from handplay.games.airdraw.saving import save_all
from handplay.games.airdraw.strokes import Stroke

kind, folder = sys.argv[1], Path(sys.argv[2])
rng = np.random.default_rng(1)
strokes = [Stroke("pen", (k, 2, 3), 0.01, rng.normal(0, 0.3, (50, 2)), id=k + 1, start_s=k / 2) for k in range(20)]
(folder / "before").write_bytes(b"x" * 100)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
try:
    save_all(Document(strokes), (kind,), folder=folder, size_px=(400, 300))
except OutputError as error:
    print(error)
    sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
@pytest.mark.parametrize("kind", ["png", "svg", "json", "gif", "mp4"])
def test_a_full_disk_is_told_and_leaves_no_half_files(tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-c", CROWDED, kind, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    assert str(tmp_path) in done.stdout
    assert done.stdout.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["before"]
