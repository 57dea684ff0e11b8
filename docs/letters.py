"""Make the letters that pictures of reviews are written in: `python tests/with_chromium.py python docs/letters.py`.

Chromium draws each sign of a font of this machine; `factcheck/publishing/drawing.py` reads what is written here.
"""

import json
import os
import sys
import zlib
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.running import CHROMIUM_FLAGS  # noqa: E402 -- the path comes first

FONT, SIZE, ASCENT = "700 {size}px 'Noto Sans'", 52, 56
WRITTEN = ROOT / "factcheck/publishing/letters/noto_sans_bold.bin"
SIGNS = [
    *(range(0x20, 0x7F), range(0xA0, 0x180), range(0x218, 0x21C), range(0x386, 0x3CF), range(0x400, 0x460)),
    *(range(0x490, 0x492), range(0x1E80, 0x1E86), range(0x1E9E, 0x1E9F), range(0x1EA0, 0x1EFA)),
    [ord(sign) for sign in "–—―‘’‚“”„†‡•…‰′″‹›⁄€₴₺₽№™→−≈≠≤≥"],
]
DRAW = """
([signs, font, ascent]) => {
  const canvas = new OffscreenCanvas(160, 112), pen = canvas.getContext("2d", {willReadFrequently: true});
  return signs.map((sign) => {
    pen.fillStyle = "#000"; pen.fillRect(0, 0, 160, 112);
    pen.font = font; pen.fillStyle = "#fff"; pen.fillText(sign, 40, ascent);
    const seen = pen.getImageData(0, 0, 160, 112).data;
    return [pen.measureText(sign).width, Array.from({length: 160 * 112}, (_, at) => seen[at * 4] >> 4)];
  });
}
"""


def main() -> None:
    """Draw every sign, cut off what is empty around it, and write all of them."""
    signs = sorted({chr(number) for numbers in SIGNS for number in numbers})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=list(CHROMIUM_FLAGS))
        drawn = browser.new_page().evaluate(DRAW, [signs, FONT.format(size=SIZE), ASCENT])
        browser.close()
    table, shapes = [], bytearray()
    for sign, (advance, grays) in zip(signs, drawn, strict=True):
        rows = [bytes(grays[at : at + 160]) for at in range(0, len(grays), 160)]
        inked = [number for number, row in enumerate(rows) if any(row)]
        top, bottom = (inked[0], inked[-1] + 1) if inked else (0, 0)
        columns = [number for number in range(160) if any(row[number] for row in rows)]
        left, right = (columns[0], columns[-1] + 1) if columns else (40, 40)
        table.append([sign, round(advance), left - 40, top, right - left, bottom - top])
        shapes += b"".join(row[left:right] for row in rows[top:bottom])
    head = json.dumps({"size": SIZE, "letters": table}, ensure_ascii=False, separators=(",", ":")).encode()
    WRITTEN.write_bytes(zlib.compress(len(head).to_bytes(4, "big") + head + shapes, 9))
    print(f"{len(table)} letters, {WRITTEN.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
