"""What others make of a sign: a PDF reader's pixels and words, a phone's QR reader."""

import re

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp


def words_in(pdf: bytes) -> str:
    """The text of every page, spaces and line breaks evened out."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(map(str, pages)).split())


def codes_in(pdf: bytes, scale: float = 1.5) -> list[str]:
    """What the codes on the first page say, as the page looks."""
    pixels = pypdfium2.PdfDocument(pdf)[0].render(scale=scale, grayscale=True)
    rows = memoryview(bytes(pixels.buffer)).cast("B", (pixels.height, pixels.stride))
    return [found.text for found in zxingcpp.read_barcodes(rows)]


def size_of(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page, in points."""
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    return float(width), float(height)


def codes_in_squares(html: str, scale: int = 4) -> list[str]:
    """What a code says that a page draws square by square, as its pixels look."""
    (size,) = re.findall(r'class="qr" viewBox="0 0 (\d+) \d+"', html)
    side = int(size) * scale
    pixels = bytearray(b"\xff" * side * side)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", html):
        for row in range(int(y) * scale, (int(y) + 1) * scale):
            start = row * side + int(x) * scale
            pixels[start : start + scale] = bytes(scale)
    image = memoryview(bytes(pixels)).cast("B", (side, side))
    return [found.text for found in zxingcpp.read_barcodes(image)]
