package dev.atelier.engine.image.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** File formats of pictures. All can be read; PNG, JPEG and WebP can be written. */
public enum PictureFormat {
    PNG("PNG", "image/png", "png"),
    JPEG("JPEG", "image/jpeg", "jpg"),
    WEBP("WebP", "image/webp", "webp"),
    BMP("BMP", "image/bmp", "bmp"),
    TIFF("TIFF", "image/tiff", "tif"),
    GIF("GIF", "image/gif", "gif");

    private final String label;
    private final String mediaType;
    private final String extension;

    PictureFormat(String label, String mediaType, String extension) {
        this.label = label;
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** The name as people write it. */
    public String label() {
        return label;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The usual end of a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    public boolean writable() {
        return this == PNG || this == JPEG || this == WEBP;
    }

    /** The format whose signature starts {@code file}; empty when there is none. */
    public static Optional<PictureFormat> sniff(byte[] file) {
        return Arrays.stream(values()).filter(format -> format.starts(file)).findFirst();
    }

    /** Why a file that begins with {@code head} is not read, naming its format; empty when it may be a picture that is. */
    public static Optional<String> foreign(byte[] head) {
        return ForeignFormat.of(head);
    }

    private boolean starts(byte[] file) {
        return switch (this) {
            case PNG -> matches(file, 0, "\u0089PNG\r\n\u001a\n");
            case JPEG -> matches(file, 0, "\u00ff\u00d8\u00ff");
            case WEBP -> matches(file, 0, "RIFF") && matches(file, 8, "WEBP");
            case BMP -> matches(file, 0, "BM");
            case TIFF -> matches(file, 0, "II*\0") || matches(file, 0, "MM\0*");
            case GIF -> matches(file, 0, "GIF87a") || matches(file, 0, "GIF89a");
        };
    }

    private static boolean matches(byte[] file, int offset, String signature) {
        byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
        int end = offset + expected.length;
        return file.length >= end && Arrays.equals(file, offset, end, expected, 0, expected.length);
    }
}
