package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.io.IOException;

/**
 * A file whose headers have been read and checked, but no pixel of it. Constructors of the implementations do the reading; they
 * allocate nothing that a header could make large.
 */
interface FormatGuard {
    /** Of the picture as stored, before its orientation is applied. */
    PictureSize size();

    /** Decodes the pixels. Called only after {@link #size()} was found within the limits. */
    DecodedPicture decode() throws IOException;
}
