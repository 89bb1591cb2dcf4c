package dev.atelier.local;

import dev.atelier.client.AtelierException;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.prompt.References;
import dev.atelier.studio.EditSources;
import java.util.Base64;
import java.util.function.BiFunction;

/** Pictures that an order carries within itself: data URIs or base64. Nothing is fetched from anywhere. */
final class InlinePictures {
    private InlinePictures() {}

    /** @throws AtelierException of code {@code INVALID} or {@code UNREADABLE} naming the picture */
    static EditSources of(References references) {
        try {
            return EditSources.read(
                    references,
                    (field, text) -> read(field, text, PictureReader::read),
                    (field, text) -> read(field, text, PictureReader::readMask));
        } catch (IllegalArgumentException e) {
            throw new AtelierException(Code.INVALID, "outpaint", e.getMessage(), null, e);
        }
    }

    private static Picture read(String field, String text, BiFunction<byte[], PictureLimits, Picture> reader) {
        try {
            return reader.apply(decode(field, text), PictureLimits.DEFAULT);
        } catch (PictureException e) {
            throw new AtelierException(Code.UNREADABLE, field, field + ": " + e.getMessage(), null, e);
        }
    }

    /** The bytes of a data URI or of base64. */
    static byte[] decode(String field, String text) {
        boolean uri = text.regionMatches(true, 0, "data:", 0, 5);
        if (!uri && text.contains("://")) {
            throw invalid(field, "is an address, which only a service reads; give the picture itself", null);
        }
        try {
            return Base64.getDecoder().decode(uri ? text.substring(text.indexOf(',') + 1) : text);
        } catch (IllegalArgumentException e) {
            throw invalid(field, "is neither a data URI nor base64", e);
        }
    }

    private static AtelierException invalid(String field, String what, Throwable cause) {
        return new AtelierException(Code.INVALID, field, field + ": " + what, null, cause);
    }
}
