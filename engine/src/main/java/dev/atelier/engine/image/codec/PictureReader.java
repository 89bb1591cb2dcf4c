package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Reads untrusted picture files: PNG, JPEG (grey, colour, CMYK, YCCK; baseline and progressive), WebP (lossy, lossless, alpha;
 * the first frame of an animation), BMP, TIFF (first page) and GIF (first frame).
 *
 * <p>The content decides the format, never a name. Headers are read and held against the limits before anything is decoded or
 * unpacked, and a decoder is handed only the parts of a file that it needs for the pixels. The orientation that a camera noted
 * is applied, transparency is flattened onto white, and colours are converted to sRGB from the embedded profile (or the gamma of
 * a PNG). A profile that is damaged, or made for another kind of pixels, is left aside, as browsers do.
 */
public final class PictureReader {
    private PictureReader() {}

    /** @throws PictureException when {@code file} is not a picture, is damaged, or exceeds {@code limits}; nothing else */
    public static Picture read(byte[] file, PictureLimits limits) {
        return read(file, limits, SrgbConversion::convert);
    }

    /**
     * A mask as an edit takes it: white where the picture may change. A file with transparent pixels says that by their transparency, as
     * OpenAI's clients send it; any other is taken as it looks.
     *
     * @throws PictureException as {@link #read(byte[], PictureLimits)}
     */
    public static Picture readMask(byte[] file, PictureLimits limits) {
        return read(file, limits, TransparencyMask::of);
    }

    private static Picture read(byte[] file, PictureLimits limits, Function<DecodedPicture, Picture> convert) {
        limits.checkBytes(file.length);
        ForeignFormat.of(file).ifPresent(foreign -> {
            throw PictureException.unknown(foreign);
        });
        PictureFormat format = PictureFormat.sniff(file)
                .orElseThrow(() -> PictureException.unknown("the content is none of " + ForeignFormat.READ));
        try {
            FormatGuard opened = open(format, file);
            limits.checkSize(format, opened.size());
            DecodedPicture decoded = opened.decode();
            return decoded.orientation().apply(convert.apply(decoded));
        } catch (PictureException e) {
            throw e;
        } catch (IndexOutOfBoundsException e) {
            throw PictureException.broken(format, "the data end too early or point outside the file", e);
        } catch (IOException | RuntimeException e) {
            throw PictureException.broken(format, "the pixels cannot be decoded", e);
        } catch (OutOfMemoryError e) {
            throw PictureException.tooLarge(format.label() + ": not enough memory is free to decode this picture");
        }
    }

    /**
     * @throws PictureException as {@link #read(byte[], PictureLimits)}
     * @throws IOException when the file cannot be read
     */
    public static Picture read(Path file, PictureLimits limits) throws IOException {
        return read(bytes(file, limits), limits);
    }

    /**
     * @throws PictureException as {@link #read(byte[], PictureLimits)}
     * @throws IOException when the file cannot be read
     */
    public static Picture readMask(Path file, PictureLimits limits) throws IOException {
        return readMask(bytes(file, limits), limits);
    }

    private static byte[] bytes(Path file, PictureLimits limits) throws IOException {
        limits.checkBytes(Files.size(file));
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than allowed, so that a file that grew meanwhile is refused, not cut.
            return in.readNBytes((int) Math.min(limits.maxBytes() + 1, Integer.MAX_VALUE - 8));
        }
    }

    private static FormatGuard open(PictureFormat format, byte[] file) {
        return switch (format) {
            case PNG -> new PngGuard(file);
            case JPEG -> new JpegGuard(file);
            case WEBP -> new WebpGuard(file);
            case BMP -> new BmpGuard(file);
            case TIFF -> new TiffGuard(file);
            case GIF -> new GifGuard(file);
        };
    }
}
