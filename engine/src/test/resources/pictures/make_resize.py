"""Makes resize/*.png with Pillow (12.3.0 made the files here): python make_resize.py"""
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).parent / "resize"
rng = np.random.default_rng(7)
y, x = np.mgrid[0:47, 0:83]
waves = np.stack([127 + 127 * np.sin(x / 3 + y / 9), 255 * ((x // 5 + y // 4) % 2), 255 * x / 82], -1)
noise = rng.integers(0, 256, waves.shape)
source = Image.fromarray(np.where((x % 11 < 4)[..., None], noise, waves).astype(np.uint8))
source.save(HERE / "source.png", optimize=True)
for size in [(83, 20), (31, 47), (40, 23), (17, 9), (1, 1), (200, 100), (90, 11), (84, 48)]:
    source.resize(size, Image.Resampling.LANCZOS).save(HERE / f"lanczos-{size[0]}x{size[1]}.png", optimize=True)
