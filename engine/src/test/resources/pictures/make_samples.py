"""Makes samples/, expected/ and cases.csv: python make_samples.py (Pillow 12.3.0 made the files here).

A line of cases.csv is a sample, the picture that must come out, and the largest difference of a channel that is allowed.
Expected pictures come from Pillow or, where Pillow lacks the variant, from the samples that went into the file.
"""
import csv
import hashlib
import io
import struct
import zlib
from pathlib import Path

import colour_profiles
import numpy as np
from PIL import Image, ImageChops, ImageCms, ImageDraw

HERE = Path(__file__).parent
WIDTH, HEIGHT = 41, 29
SRGB = ImageCms.createProfile("sRGB")
cases = []


def case(name, data, expected, tolerance):
    expected = expected.convert("RGB")
    expected.info.clear()
    digest = hashlib.sha256(expected.tobytes() + bytes(expected.size)).hexdigest()[:10]
    expected.save(HERE / "expected" / f"{digest}.png", optimize=True)
    (HERE / "samples" / name).write_bytes(data)
    cases.append((name, digest, tolerance))


def encode(image, fmt, **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def pillow(name, image, fmt, tolerance, **options):
    """A sample that Pillow writes and reads."""
    data = encode(image, fmt, **options)
    case(name, data, on_white(Image.open(io.BytesIO(data))), tolerance)


def on_white(image):
    image = image.convert("RGBA")
    flat = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(flat, image).convert("RGB")


def managed(image, profile):
    """The picture in sRGB, by Little CMS."""
    return ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), SRGB, outputMode="RGB")


def source():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    pixels = np.stack([x * 255 / (WIDTH - 1), y * 255 / (HEIGHT - 1), 128 + 100 * np.sin(x / 6 + y / 4)], -1)
    image = Image.fromarray(pixels.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.rectangle((4, 4, 16, 12), fill=(220, 30, 40))
    draw.ellipse((20, 8, 36, 24), fill=(30, 60, 200))
    draw.rectangle((2, 20, 10, 26), fill="white")
    return image


def alpha():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return Image.fromarray((255 * ((x + y) / (WIDTH + HEIGHT - 2))).round().astype(np.uint8))


RGB = source()
GREY = RGB.convert("L")
RGBA = RGB.copy()
RGBA.putalpha(alpha())
WIDE16 = (np.asarray(RGB).astype(np.uint32) * 257 + (np.arange(WIDTH) % 7 * 16)[None, :, None]).clip(0, 65535).astype(">u2")


# --- PNG: an encoder of all its forms, as Pillow writes only some ---------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack_rows(samples, depth):
    """samples (H, W, C) to filtered rows; filter types take turns."""
    if depth < 8:
        rows = []
        for row in samples[:, :, 0]:
            bits = "".join(format(int(v), f"0{depth}b") for v in row)
            bits += "0" * (-len(bits) % 8)
            rows.append(bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)))
        step = 1
    else:
        rows = [np.ascontiguousarray(row.astype(">u2" if depth == 16 else np.uint8)).tobytes() for row in samples]
        step = samples.shape[2] * depth // 8
    out, previous = b"", bytes(len(rows[0]) if rows else 0)
    for number, row in enumerate(rows):
        kind = number % 5
        left = bytes(step) + row[:-step] if len(row) > step else bytes(len(row))
        corner = bytes(step) + previous[:-step] if len(row) > step else bytes(len(row))
        predicted = [0] * len(row)
        for i in range(len(row)):
            a, b, c = left[i], previous[i], corner[i]
            if kind == 4:
                p = a + b - c
                distances = (abs(p - a), abs(p - b), abs(p - c))
                predicted[i] = (a, b, c)[distances.index(min(distances))]
            else:
                predicted[i] = (0, a, b, (a + b) // 2)[kind]
        out += bytes([kind]) + bytes((v - p) & 255 for v, p in zip(row, predicted))
        previous = row
    return out


def png(samples, depth, colour, before=b"", interlaced=False):
    samples = np.asarray(samples)
    samples = samples[:, :, None] if samples.ndim == 2 else samples
    height, width = samples.shape[:2]
    if interlaced:
        raw = b""
        for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
            part = samples[y0::dy, x0::dx]
            if part.size:
                raw += pack_rows(part, depth)
    else:
        raw = pack_rows(samples, depth)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    packed = zlib.compress(raw, 9)
    half = len(packed) // 2
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before
        + chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:]) + chunk(b"IEND", b"")
    )


def iccp(profile):
    return chunk(b"iCCP", b"test\0\0" + zlib.compress(profile))


def palette_of(image, colours):
    indexed = image.quantize(colours, dither=Image.Dither.NONE)
    table = np.array(indexed.getpalette()[: colours * 3], np.uint8).reshape(-1, 3)
    return np.asarray(indexed), table


def make_png():
    for depth in (1, 2, 4, 8):
        top = (1 << depth) - 1
        values = (np.asarray(GREY).astype(int) * top + 127) // 255
        shown = Image.fromarray((values * 255 // top).astype(np.uint8))
        for interlaced in (False, True):
            suffix = "-interlaced" if interlaced else ""
            case(f"grey{depth}{suffix}.png", png(values, depth, 0, interlaced=interlaced), shown, 0)
    grey16 = WIDE16[:, :, 0]
    case("grey16.png", png(grey16, 16, 0), Image.fromarray(np.round(grey16 / 257).astype(np.uint8)), 0)
    grey_alpha = np.dstack([np.asarray(GREY), np.asarray(alpha())])
    flat = on_white(Image.merge("LA", (GREY, alpha())))
    case("grey-alpha8.png", png(grey_alpha, 8, 4), flat, 1)
    case("grey-alpha16-interlaced.png", png(grey_alpha.astype(int) * 257, 16, 4, interlaced=True), flat, 1)
    case("rgb8.png", png(np.asarray(RGB), 8, 2), RGB, 0)
    case("rgb8-interlaced.png", png(np.asarray(RGB), 8, 2, interlaced=True), RGB, 0)
    case("rgb16.png", png(WIDE16, 16, 2), Image.fromarray(np.round(WIDE16 / 257).astype(np.uint8)), 0)
    case("rgba8.png", png(np.asarray(RGBA), 8, 6), on_white(RGBA), 1)
    case("rgba16-interlaced.png", png(np.asarray(RGBA).astype(int) * 257, 16, 6, interlaced=True), on_white(RGBA), 1)
    for depth in (1, 2, 4, 8):
        indices, table = palette_of(RGB, 1 << depth)
        shown = Image.fromarray(table[indices])
        case(f"palette{depth}.png", png(indices, depth, 3, chunk(b"PLTE", table.tobytes())), shown, 0)
    indices, table = palette_of(RGB, 16)
    opacity = np.array([0, 64, 128, 255], np.uint8)
    before = chunk(b"PLTE", table.tobytes()) + chunk(b"tRNS", opacity.tobytes())
    full = np.concatenate([opacity, np.full(12, 255, np.uint8)])
    case("palette4-alpha.png", png(indices, 4, 3, before), on_white(Image.fromarray(np.dstack([table[indices], full[indices]]))), 1)
    key = tuple(int(v) for v in np.asarray(RGB)[6, 6])
    keyed = np.asarray(RGB).copy()
    keyed[(keyed == key).all(-1)] = 255
    case("rgb8-key.png", png(np.asarray(RGB), 8, 2, chunk(b"tRNS", struct.pack(">3H", *key))), Image.fromarray(keyed), 0)
    values = np.asarray(GREY).astype(int) >> 4
    shown = np.where(values == 5, 15, values) * 17
    case("grey4-key.png", png(values, 4, 0, chunk(b"tRNS", struct.pack(">H", 5))), Image.fromarray(shown.astype(np.uint8)), 0)

    wide = colour_profiles.wide_rgb()
    converted = managed(RGB, wide)
    case("rgb8-profile.png", png(np.asarray(RGB), 8, 2, iccp(wide)), converted, 2)
    case("rgb16-profile.png", png(np.asarray(RGB).astype(int) * 257, 16, 2, iccp(wide)), converted, 2)
    case("rgba8-profile.png", png(np.asarray(RGBA), 8, 6, iccp(wide)),
         on_white(Image.merge("RGBA", (*converted.split(), alpha()))), 2)
    case("grey8-profile.png", png(np.asarray(GREY), 8, 0, iccp(colour_profiles.grey())), managed(GREY, colour_profiles.grey()), 2)
    indices, table = palette_of(RGB, 16)
    case("palette4-profile.png", png(indices, 4, 3, iccp(wide) + chunk(b"PLTE", table.tobytes())),
         managed(Image.fromarray(table[indices]), wide), 2)
    srgb = bytearray(ImageCms.ImageCmsProfile(SRGB).tobytes())
    srgb[24:36] = struct.pack(">6H", 2026, 11, 22, 0, 0, 0)
    case("srgb-profile.png", png(np.asarray(RGB), 8, 2, iccp(bytes(srgb))), RGB, 0)
    case("broken-profile.png", png(np.asarray(RGB), 8, 2, iccp(b"no profile at all")), RGB, 0)
    case("wrong-profile.png", png(np.asarray(RGB), 8, 2, iccp(colour_profiles.cmyk())), RGB, 0)

    linear = np.where(np.asarray(RGB) / 255 <= 0.04045, np.asarray(RGB) / 255 / 12.92, ((np.asarray(RGB) / 255 + 0.055) / 1.055) ** 2.4)
    case("rgb16-linear.png", png(np.round(linear * 65535), 16, 2, chunk(b"gAMA", struct.pack(">I", 100000))), RGB, 1)
    case("rgb8-gamma.png", png(np.asarray(RGB), 8, 2, chunk(b"gAMA", struct.pack(">I", 45455))), RGB, 0)
    case("rgb8-srgb-wins.png", png(np.asarray(RGB), 8, 2, chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"sRGB", b"\0")), RGB, 0)
    pillow("pillow.png", RGBA, "PNG", 1, optimize=True)


# --- JPEG -----------------------------------------------------------------------------------------------------------------------


def make_jpeg():
    pillow("baseline-444.jpg", RGB, "JPEG", 2, quality=92, subsampling=0)
    pillow("baseline-422.jpg", RGB, "JPEG", 6, quality=90, subsampling=1)
    pillow("baseline-420.jpg", RGB, "JPEG", 6, quality=90, subsampling=2)
    pillow("progressive.jpg", RGB, "JPEG", 2, quality=90, subsampling=0, progressive=True)
    pillow("progressive-420.jpg", RGB, "JPEG", 6, quality=60, subsampling=2, progressive=True, optimize=True)
    pillow("restarts.jpg", RGB, "JPEG", 2, quality=85, subsampling=0, restart_marker_blocks=3)
    pillow("grey.jpg", GREY, "JPEG", 1, quality=90)
    pillow("grey-progressive.jpg", GREY, "JPEG", 1, quality=90, progressive=True)
    pillow("rgb-components.jpg", RGB, "JPEG", 1, quality=90, keep_rgb=True)
    plain = encode(RGB, "JPEG", quality=90, subsampling=0)
    case("no-jfif.jpg", plain[:2] + plain[20:], Image.open(io.BytesIO(plain)), 2)

    wide = colour_profiles.wide_rgb()
    for name, profile in (("profile", wide), ("profile-in-two-parts", colour_profiles.wide_rgb(padding=70000))):
        data = encode(RGB, "JPEG", quality=95, subsampling=0, icc_profile=profile)
        case(f"{name}.jpg", data, managed(Image.open(io.BytesIO(data)), profile), 4)
    data = encode(GREY, "JPEG", quality=95, icc_profile=colour_profiles.grey())
    case("grey-profile.jpg", data, managed(Image.open(io.BytesIO(data)), colour_profiles.grey()), 3)
    data = encode(RGB, "JPEG", quality=95, subsampling=0, icc_profile=b"no profile")
    case("broken-profile.jpg", data, Image.open(io.BytesIO(data)), 2)

    inks = RGB.convert("CMYK")
    black = GREY.point(lambda v: (255 - v) // 2)
    inks = Image.merge("CMYK", (*inks.split()[:3], black))
    pillow("cmyk.jpg", inks, "JPEG", 2, quality=95, subsampling=0)
    pillow("cmyk-progressive.jpg", inks, "JPEG", 2, quality=95, subsampling=0, progressive=True)
    data = encode(inks, "JPEG", quality=95, subsampling=0, icc_profile=colour_profiles.cmyk())
    case("cmyk-profile.jpg", data, managed(Image.open(io.BytesIO(data)), colour_profiles.cmyk()), 4)
    # Pillow inverts all channels as it writes; luma and chroma must arrive as they are.
    ycc = Image.merge("RGB", inks.split()[:3]).convert("YCbCr")
    ycc = Image.merge("CMYK", (*(ImageChops.invert(band) for band in ycc.split()), black))
    data = bytearray(encode(ycc, "JPEG", quality=95, subsampling=0))
    adobe = data.index(b"Adobe")
    data[adobe + 11] = 2
    case("ycck.jpg", bytes(data), Image.open(io.BytesIO(bytes(data))), 3)

    corner = RGB.copy()
    ImageDraw.Draw(corner).rectangle((0, 0, 15, 7), fill=(0, 200, 0))
    turns = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    for orientation, operation in turns.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = encode(corner, "JPEG", quality=95, subsampling=0, exif=exif)
        shown = Image.open(io.BytesIO(data))
        upright = shown.convert("RGB")
        for value, method in ((2, 0), (3, 3), (4, 1), (5, 5), (6, 4), (7, 6), (8, 2)):
            if value == orientation:
                upright = upright.transpose(Image.Transpose(method))
        case(f"orientation{orientation}.jpg", data, upright, 2)


# --- WebP -----------------------------------------------------------------------------------------------------------------------


def make_webp():
    pillow("lossy.webp", RGB, "WEBP", 0, quality=80)
    pillow("lossy-low.webp", RGB, "WEBP", 0, quality=5)
    pillow("lossless.webp", RGB, "WEBP", 0, lossless=True)
    pillow("lossless-few-colours.webp", RGB.quantize(8).convert("RGB"), "WEBP", 0, lossless=True)
    pillow("lossy-alpha.webp", RGBA, "WEBP", 1, quality=80)
    pillow("lossless-alpha.webp", RGBA, "WEBP", 1, lossless=True, exact=True)
    pillow("one-pixel.webp", RGB.crop((5, 5, 6, 6)), "WEBP", 0)
    wide = colour_profiles.wide_rgb()
    case("profile.webp", encode(RGB, "WEBP", lossless=True, icc_profile=wide), managed(RGB, wide), 2)
    exif = Image.Exif()
    exif[0x0112] = 6
    case("orientation6.webp", encode(RGB, "WEBP", lossless=True, exif=exif), RGB.transpose(Image.Transpose.ROTATE_270), 0)
    second = RGB.transpose(Image.Transpose.ROTATE_180)
    pillow("animated-lossless.webp", RGB, "WEBP", 0, save_all=True, append_images=[second], lossless=True)
    pillow("animated-lossy-alpha.webp", RGBA, "WEBP", 1, save_all=True, append_images=[RGBA.rotate(90)], quality=80)
    patch = Image.new("RGBA", RGB.size, (0, 0, 0, 0))
    patch.paste(RGB.crop((4, 4, 17, 13)), (4, 4))
    pillow("animated-offset.webp", patch, "WEBP", 1, save_all=True, append_images=[RGBA], lossless=True, minimize_size=True)


# --- BMP ------------------------------------------------------------------------------------------------------------------------


def bmp(bits, rows, compression=0, table=b"", masks=b"", height=HEIGHT, header=40):
    offset = 14 + header + len(masks) + len(table)
    info = struct.pack("<IiiHHIIiiII", header, WIDTH, height, 1, bits, compression, len(rows), 2835, 2835, len(table) // 4, 0)
    info += bytes(header - 40) if header > 40 else b""
    return b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) + info + masks + table + rows


def bmp_rows(rows):
    return b"".join(row + bytes(-len(row) % 4) for row in rows)


def run_length(indices, bits):
    out = b""
    for row in indices[::-1]:
        x = 0
        while x < len(row):
            run = 1
            while x + run < len(row) and row[x + run] == row[x] and run < 255:
                run += 1
            value = int(row[x])
            out += bytes((run, value if bits == 8 else value << 4 | value))
            x += run
        out += b"\0\0"
    return out + b"\0\1"


def make_bmp():
    pillow("rgb24.bmp", RGB, "BMP", 0)
    pillow("grey8.bmp", GREY, "BMP", 0)
    pillow("black-and-white.bmp", GREY.convert("1"), "BMP", 0)
    pillow("palette8.bmp", RGB.quantize(200), "BMP", 0)
    pixels = np.asarray(RGB)
    blue_first = pixels[:, :, ::-1]
    case("top-down.bmp", bmp(24, bmp_rows([r.tobytes() for r in blue_first]), height=-HEIGHT), RGB, 0)
    padded = np.dstack([blue_first, np.zeros((HEIGHT, WIDTH), np.uint8)])
    case("rgb32.bmp", bmp(32, bmp_rows([r.tobytes() for r in padded[::-1]])), RGB, 0)
    five = (pixels.astype(int) * 31 + 127) // 255
    words = (five[:, :, 0] << 10 | five[:, :, 1] << 5 | five[:, :, 2]).astype("<u2")
    shown = Image.fromarray((five * 255 / 31).round().astype(np.uint8))
    case("rgb555.bmp", bmp(16, bmp_rows([r.tobytes() for r in words[::-1]])), shown, 7)
    six = (pixels[:, :, 1].astype(int) * 63 + 127) // 255
    words = (five[:, :, 0] << 11 | six << 5 | five[:, :, 2]).astype("<u2")
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    shown = Image.fromarray(np.stack([five[:, :, 0] * 255 / 31, six * 255 / 63, five[:, :, 2] * 255 / 31], -1).round().astype(np.uint8))
    case("rgb565.bmp", bmp(16, bmp_rows([r.tobytes() for r in words[::-1]]), 3, masks=masks), shown, 7)
    indices, table = palette_of(RGB, 16)
    table4 = b"".join(bytes((*entry[::-1], 0)) for entry in table.tolist())
    shown = Image.fromarray(table[indices])
    nibbles = []
    for row in indices[::-1]:
        row = [*row.tolist(), 0]
        nibbles.append(bytes(row[i] << 4 | row[i + 1] for i in range(0, WIDTH, 2)))
    case("palette4.bmp", bmp(4, bmp_rows(nibbles), table=table4), shown, 0)
    case("run-length4.bmp", bmp(4, run_length(indices, 4), 2, table=table4), shown, 0)
    indices, table = palette_of(RGB, 64)
    table4 = b"".join(bytes((*entry[::-1], 0)) for entry in table.tolist())
    case("run-length8.bmp", bmp(8, run_length(indices, 8), 1, table=table4), Image.fromarray(table[indices]), 0)
    case("header-v5.bmp", bmp(24, bmp_rows([r.tobytes() for r in blue_first[::-1]]), header=124), RGB, 0)
    rows = bmp_rows([r.tobytes() for r in blue_first[::-1]])
    os2 = b"BM" + struct.pack("<IHHIIHHHH", 26 + len(rows), 0, 0, 26, 12, WIDTH, HEIGHT, 1, 24) + rows
    case("os2.bmp", os2, RGB, 0)


# --- TIFF -----------------------------------------------------------------------------------------------------------------------


def tiff(samples, tags, order="<", photometric=2):
    """One uncompressed strip of samples (H, W, C), 8 or 16 bits."""
    samples = np.asarray(samples)
    bits = samples.dtype.itemsize * 8
    data = samples.astype(samples.dtype.newbyteorder(order)).tobytes()
    channels = samples.shape[2]
    entries = {256: (4, [WIDTH]), 257: (4, [HEIGHT]), 258: (3, [bits] * channels), 259: (3, [1]), 262: (3, [photometric]),
               273: (4, [8]), 277: (3, [channels]), 278: (4, [HEIGHT]), 279: (4, [len(data)]), **tags}
    offset = 8 + len(data) + len(data) % 2
    extra_at = offset + 2 + 12 * len(entries) + 4
    directory, extra = struct.pack(order + "H", len(entries)), b""
    for tag in sorted(entries):
        kind, values = entries[tag]
        body = b"".join(struct.pack(order + {1: "B", 3: "H", 4: "I", 7: "B"}[kind], v) for v in values)
        field = body.ljust(4, b"\0") if len(body) <= 4 else struct.pack(order + "I", extra_at + len(extra))
        extra += b"" if len(body) <= 4 else body + bytes(len(body) % 2)
        directory += struct.pack(order + "HHI", tag, kind, len(values)) + field
    magic = b"II*\0" if order == "<" else b"MM\0*"
    return magic + struct.pack(order + "I", offset) + data + bytes(len(data) % 2) + directory + bytes(4) + extra


def make_tiff():
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        pillow(f"rgb-{compression.removeprefix('tiff_')}.tif", RGB, "TIFF", 0, compression=compression)
    pillow("rgb-predictor.tif", RGB, "TIFF", 0, compression="tiff_lzw", tiffinfo={317: 2})
    pillow("rgb-strips.tif", RGB, "TIFF", 0, compression="tiff_lzw", tiffinfo={278: 5})
    pillow("rgb-jpeg.tif", RGB, "TIFF", 6, compression="jpeg")
    pillow("rgb-jpeg-strips.tif", RGB, "TIFF", 6, compression="jpeg", tiffinfo={278: 16})
    pillow("grey-jpeg.tif", GREY, "TIFF", 1, compression="jpeg")
    pillow("grey.tif", GREY, "TIFF", 0)
    pillow("grey-alpha.tif", Image.merge("LA", (GREY, alpha())), "TIFF", 1)
    pillow("rgba.tif", RGBA, "TIFF", 1)
    pillow("palette.tif", RGB.quantize(100), "TIFF", 1)
    pillow("black-and-white.tif", GREY.convert("1"), "TIFF", 0)
    pillow("fax3.tif", GREY.convert("1"), "TIFF", 0, compression="group3")
    pillow("fax4.tif", GREY.convert("1"), "TIFF", 0, compression="group4")
    pillow("cmyk.tif", RGB.convert("CMYK"), "TIFF", 1)
    inks = Image.merge("CMYK", (*RGB.convert("CMYK").split()[:3], GREY.point(lambda v: (255 - v) // 2)))
    case("cmyk-profile.tif", encode(inks, "TIFF", icc_profile=colour_profiles.cmyk()), managed(inks, colour_profiles.cmyk()), 3)
    wide = colour_profiles.wide_rgb()
    case("profile.tif", encode(RGB, "TIFF", icc_profile=wide), managed(RGB, wide), 2)
    profile_tag = {34675: (7, list(wide))}
    case("rgb16-profile.tif", tiff(np.asarray(RGB).astype(np.uint16) * 257, profile_tag), managed(RGB, wide), 2)
    for order, name in (("<", "little"), (">", "big")):
        case(f"rgb16-{name}-endian.tif", tiff(np.asarray(WIDE16).astype(np.uint16), {}, order),
             Image.fromarray(np.round(WIDE16 / 257).astype(np.uint8)), 1)
    inverted = 255 - np.asarray(GREY)
    case("white-is-zero.tif", tiff(inverted[:, :, None], {}, photometric=0), GREY, 0)
    case("grey16.tif", tiff(np.asarray(GREY).astype(np.uint16)[:, :, None] * 257, {}, photometric=1), GREY, 0)
    turned = encode(RGB, "TIFF", tiffinfo={274: 8})
    case("orientation8.tif", turned, RGB.transpose(Image.Transpose.ROTATE_90), 0)
    pages = encode(RGB, "TIFF", save_all=True, append_images=[GREY])
    case("two-pages.tif", pages, RGB, 0)


# --- GIF ------------------------------------------------------------------------------------------------------------------------


def make_gif():
    indexed = RGB.quantize(64)
    pillow("plain.gif", indexed, "GIF", 0)
    pillow("not-interlaced.gif", indexed, "GIF", 0, interlace=0)
    pillow("two-colours.gif", GREY.convert("1"), "GIF", 0)
    holes = indexed.copy()
    holes.info["transparency"] = 3
    pillow("transparent.gif", holes, "GIF", 0, transparency=3)
    pillow("animated.gif", indexed, "GIF", 0, save_all=True, append_images=[indexed.rotate(180)], loop=0, duration=100)
    data = bytearray(encode(indexed, "GIF"))
    data[6:10] = struct.pack("<HH", WIDTH + 6, HEIGHT + 4)
    frame = data.index(b"," + bytes(4) + struct.pack("<HH", WIDTH, HEIGHT))
    data[frame + 1 : frame + 5] = struct.pack("<HH", 5, 1)
    shown = Image.new("RGB", (WIDTH + 6, HEIGHT + 4), "white")
    shown.paste(indexed.convert("RGB"), (5, 1))
    case("offset.gif", bytes(data), shown, 0)


if __name__ == "__main__":
    for folder in ("samples", "expected"):
        (HERE / folder).mkdir(exist_ok=True)
        for old in (HERE / folder).iterdir():
            old.unlink()
    for make in (make_png, make_jpeg, make_webp, make_bmp, make_tiff, make_gif):
        make()
    with open(HERE / "cases.csv", "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(cases)
