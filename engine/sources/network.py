"""Cameras in the network: Motion JPEG over HTTP by a reader of our own, all else (RTSP, HLS) by OpenCV's FFmpeg.

FFmpeg buffers, reports 25 frames a second whatever the rate of a Motion JPEG stream, and may wait half a minute for
a camera that is gone: it comes second.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import urllib.error
import urllib.parse
import urllib.request

from handplay.engine.errors import SourceMissing, SourceUnreadable
from handplay.engine.sources.address import CHECK_CAMERA, public_address
from handplay.engine.sources.base import FrameSource
from handplay.engine.sources.ffmpeg_stream import FfmpegStream
from handplay.engine.sources.mjpeg import MjpegSource
from handplay.engine.sources.multipart import boundary_of
from handplay.engine.sources.scaling import check_size

TIMEOUT_S = 5.0
"""No answer or no byte for this long means that the stream is gone."""


def open_network(
    url: str,
    *,
    mirrored: bool = False,
    width: int | None = None,
    height: int | None = None,
    timeout_s: float = TIMEOUT_S,
) -> FrameSource:
    """Opens the stream of an address; pictures are scaled to width x height pixels, one of the two keeps the aspect.

    Raises:
        SourceMissing: nobody answers there.
        SourceUnreadable: what answers is no stream of pictures.
    """
    check_size(width=width, height=height, timeout_s=timeout_s)
    if url.lower().startswith(("http://", "https://")):
        response = _request(url, timeout_s)
        content_type = response.headers.get("Content-Type", "")
        boundary = boundary_of(content_type)
        if boundary is not None:
            return MjpegSource(response, boundary, url, mirrored=mirrored, width=width, height=height)
        response.close()
        kind = content_type.partition(";")[0].strip() or "something unnamed"
        if kind.startswith(("text/", "image/", "application/json")):
            raise SourceUnreadable(
                f"{public_address(url)} sends {kind}, not a stream. Look in the camera's manual for its video address, "
                "often one that ends in /video or /mjpeg."
            )
    return FfmpegStream(url, mirrored=mirrored, width=width, height=height, timeout_s=timeout_s)


def _request(url: str, timeout_s: float) -> http.client.HTTPResponse:
    parts = urllib.parse.urlsplit(url)
    address = public_address(url)
    handlers: list[urllib.request.BaseHandler] = []
    headers = {"User-Agent": "handplay", "Accept": "multipart/x-mixed-replace, */*"}
    bare = urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))
    if parts.username is not None:
        user, password = urllib.parse.unquote(parts.username), urllib.parse.unquote(parts.password or "")
        headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, bare, user, password)
        handlers.append(urllib.request.HTTPDigestAuthHandler(passwords))
    if _is_local(parts.hostname or ""):
        # A proxy for the internet knows nothing of a camera in the house.
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        opener = urllib.request.build_opener(*handlers)
        response = opener.open(urllib.request.Request(bare, headers=headers), timeout=timeout_s)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (401, 403):
            raise SourceUnreadable(
                f"{address} wants a user and a password: write them into the address, http://user:password@..."
            ) from None
        raise SourceMissing(f"{address} answers {error.code} {error.reason}. Check the address.") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        cause = getattr(error, "reason", error)
        reason = str(getattr(cause, "strerror", None) or cause).lower()
        raise SourceMissing(f"Nothing answers at {address} ({reason}). {CHECK_CAMERA}") from error
    if not isinstance(response, http.client.HTTPResponse):
        raise SourceMissing(f"{address} is not an HTTP address.")
    return response


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith((".local", ".lan", ".home")) or "." not in host.strip("[]"):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
