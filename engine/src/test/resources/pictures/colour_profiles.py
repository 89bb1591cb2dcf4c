"""Tiny ICC profiles made from their definition (ICC.1:2001-04), so that no foreign profile has to be shipped."""
import struct

import numpy as np


def _s15(values):
    return b"".join(struct.pack(">i", round(v * 65536)) for v in values)


def _xyz(values):
    return b"XYZ \0\0\0\0" + _s15(values)


def _curve(gamma):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"


def _desc(text):
    text = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(8 + 3 + 67)


def _profile(kind, space, pcs, tags, padding=0):
    tags = [(b"desc", _desc("Atelier test " + space.decode().strip())), (b"cprt", b"text\0\0\0\0CC0\0"), *tags]
    if padding:
        tags.append((b"pad ", b"text\0\0\0\0" + b"x" * padding))
    offset = 128 + 4 + 12 * len(tags)
    table, data = b"", b""
    for name, body in tags:
        body += bytes(-len(body) % 4)
        table += name + struct.pack(">II", offset + len(data), len(body))
        data += body
    body = struct.pack(">I", len(tags)) + table + data
    header = struct.pack(">I4sI4s4s4s", 128 + len(body), b"\0" * 4, 0x02100000, kind, space, pcs)
    header += struct.pack(">6H4s4sI4s4sQI", 2026, 11, 22, 0, 0, 0, b"acsp", b"\0" * 4, 0, b"\0" * 4, b"\0" * 4, 0, 0)
    header += _s15((0.9642, 1.0, 0.8249))
    return header + bytes(128 - len(header)) + body


def wide_rgb(padding=0):
    """Adobe RGB (1998) primaries, gamma 2.2."""
    return _profile(
        b"mntr",
        b"RGB ",
        b"XYZ ",
        [
            (b"wtpt", _xyz((0.9642, 1.0, 0.8249))),
            (b"rXYZ", _xyz((0.60974, 0.31111, 0.01947))),
            (b"gXYZ", _xyz((0.20528, 0.62567, 0.06087))),
            (b"bXYZ", _xyz((0.14919, 0.06322, 0.74457))),
            (b"rTRC", _curve(2.2)),
            (b"gTRC", _curve(2.2)),
            (b"bTRC", _curve(2.2)),
        ],
        padding,
    )


def grey():
    """Grey with gamma 1.8."""
    return _profile(b"mntr", b"GRAY", b"XYZ ", [(b"wtpt", _xyz((0.9642, 1.0, 0.8249))), (b"kTRC", _curve(1.8))])


def cmyk():
    """A made-up press: 5 steps an ink, inks darker than the naive formula, through an 8-bit table to Lab."""
    steps = np.linspace(0, 1, 5)
    c, m, y, k = np.meshgrid(steps, steps, steps, steps, indexing="ij")
    linear = np.stack([(1 - c * 0.95) ** 1.5, (1 - m * 0.9) ** 1.5, (1 - y * 0.92) ** 1.5], -1) * ((1 - k * 0.97) ** 2)[..., None]
    to_xyz = np.array([[0.4361, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]])
    xyz = linear @ to_xyz.T / np.array([0.9642, 1.0, 0.8249])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    lab = np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)
    table = np.clip(np.round(lab * (2.55, 1, 1) + (0, 128, 128)), 0, 255).astype(np.uint8)
    ramp = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 5, 0)) + _s15((1, 0, 0, 0, 1, 0, 0, 0, 1)) + ramp * 4 + table.tobytes() + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", [(b"wtpt", _xyz((0.9642, 1.0, 0.8249))), (b"A2B0", lut)])
