package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes pictures with what made them. All formats carry an XMP packet with the IPTC digital source type and the parameters as
 * JSON ({@link PictureMetadata#read} reads them back). PNG has the text {@code parameters} besides, JPEG and WebP have EXIF data
 * with the same text as the user's comment; that is where tools around Stable Diffusion look.
 */
public final class PictureWriter {
    /** Used when no quality is given: colours at full resolution, no visible loss. */
    public static final int DEFAULT_QUALITY = 95;

    /** From this quality on, JPEG stores colours at full resolution (4:4:4), below at a quarter (4:2:0). */
    static final int FULL_CHROMA_QUALITY = 90;

    /** A segment's length counts itself and has 16 bits. */
    private static final int MAX_SEGMENT = 65_535 - 2;

    private static final int WEBP_MAX_SIDE = 16_383;
    private static final int JPEG_MAX_SIDE = 65_535;
    private static final int EXIF_FLAG = 0x08;
    private static final int XMP_FLAG = 0x04;
    private static final int PNG_HEADER_END = 33;

    private PictureWriter() {}

    /** As {@link #write(Picture, PictureFormat, int, PictureMetadata)} with {@link #DEFAULT_QUALITY}. */
    public static byte[] write(Picture picture, PictureFormat format, PictureMetadata metadata) {
        return write(picture, format, DEFAULT_QUALITY, metadata);
    }

    /**
     * @param format PNG, JPEG or WebP
     * @param quality 1 to 100; 100 makes WebP lossless; PNG always is
     * @return the file; in JPEG, prompts too long for its segments (over about 10,000 characters) are cut
     * @throws IllegalArgumentException when the format cannot be written or the quality is out of range, or a side is longer than the format can
     *     say (65,535 pixels in JPEG, 16,383 in WebP)
     */
    public static byte[] write(Picture picture, PictureFormat format, int quality, PictureMetadata metadata) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality: " + quality + " is not in 1 to 100");
        }
        int maxSide = switch (format) {
            case JPEG -> JPEG_MAX_SIDE;
            case WEBP -> WEBP_MAX_SIDE;
            default -> Integer.MAX_VALUE;
        };
        if (Math.max(picture.width(), picture.height()) > maxSide) {
            throw new IllegalArgumentException("size: " + PictureSize.of(picture) + "; " + format.label() + " allows "
                    + maxSide + " pixels a side");
        }
        try {
            return switch (format) {
                case PNG -> png(picture, metadata);
                case JPEG -> jpeg(picture.toImage(), quality, metadata);
                case WEBP -> webp(picture, quality, metadata);
                default ->
                    throw new IllegalArgumentException(
                            "format: " + format.label() + " is not written; PNG, JPEG and WebP are");
            };
        } catch (IOException e) {
            throw new UncheckedIOException("encoding " + format.label() + " in memory failed", e);
        }
    }

    private static byte[] png(Picture picture, PictureMetadata metadata) throws IOException {
        byte[] plain = JdkImageWriters.png(picture.view());
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + 8192);
        out.write(plain, 0, PNG_HEADER_END);
        out.writeBytes(PngChunks.chunk("sRGB", new byte[1]));
        out.writeBytes(PngText.chunk("parameters", metadata.parametersText()));
        if (!metadata.software().isEmpty()) {
            out.writeBytes(PngText.chunk("Software", metadata.software()));
        }
        out.writeBytes(PngText.international(PngText.XMP, XmpPacket.write(metadata)));
        out.write(plain, PNG_HEADER_END, plain.length - PNG_HEADER_END);
        return out.toByteArray();
    }

    private static byte[] jpeg(BufferedImage image, int quality, PictureMetadata metadata) throws IOException {
        byte[] plain = JdkImageWriters.jpeg(image, quality, quality >= FULL_CHROMA_QUALITY);
        PictureMetadata fitting = metadata;
        int most =
                Math.max(metadata.prompt().length(), metadata.negativePrompt().length());
        while (most > 0 && !fitsJpeg(fitting)) {
            most /= 2;
            fitting = metadata.withPromptsCutTo(most);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + 8192);
        int afterJfif = 2 + 2 + (ByteBuffer.wrap(plain).getShort(4) & 0xffff);
        out.write(plain, 0, afterJfif);
        if (fitsJpeg(fitting)) {
            segment(out, JpegSegments.EXIF, ExifData.write(fitting));
            segment(out, JpegSegments.XMP, XmpPacket.write(fitting));
        }
        out.write(plain, afterJfif, plain.length - afterJfif);
        return out.toByteArray();
    }

    private static boolean fitsJpeg(PictureMetadata metadata) {
        return ExifData.write(metadata).length + JpegSegments.EXIF.length <= MAX_SEGMENT
                && XmpPacket.write(metadata).length + JpegSegments.XMP.length <= MAX_SEGMENT;
    }

    private static void segment(ByteArrayOutputStream out, byte[] prefix, byte[] data) {
        ByteBuffer header = ByteBuffer.allocate(4);
        header.put((byte) 0xff).put((byte) JpegSegments.APP1).putShort((short) (2 + prefix.length + data.length));
        out.writeBytes(header.array());
        out.writeBytes(prefix);
        out.writeBytes(data);
    }

    private static byte[] webp(Picture picture, int quality, PictureMetadata metadata) throws IOException {
        byte[] plain = WebpCodec.encode(picture.toImage(), quality / 100f);
        List<byte[]> chunks = new ArrayList<>();
        chunks.add(WebpChunks.extended(EXIF_FLAG | XMP_FLAG, PictureSize.of(picture)));
        for (WebpChunks.Chunk chunk : WebpChunks.list(plain, WebpChunks.RIFF_HEADER, plain.length)) {
            if (chunk.kind().startsWith("VP8") && !chunk.kind().equals("VP8X")) {
                chunks.add(WebpChunks.chunk(chunk.kind(), WebpChunks.data(plain, chunk)));
            }
        }
        chunks.add(WebpChunks.chunk("EXIF", ExifData.write(metadata)));
        chunks.add(WebpChunks.chunk("XMP ", XmpPacket.write(metadata)));
        return WebpChunks.file(chunks);
    }
}
