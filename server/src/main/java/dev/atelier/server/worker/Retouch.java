package dev.atelier.server.worker;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.pipeline.GeneratedImage;

/** What is done to a picture after the engine has made it and before it is stored. */
@FunctionalInterface
interface Retouch {
    /** Leaves pictures as the engine made them. */
    Retouch NONE = made -> made;

    Picture apply(Picture made);

    default GeneratedImage apply(GeneratedImage made) {
        return new GeneratedImage(
                made.index(),
                apply(made.picture()),
                made.prompt(),
                made.seed(),
                made.steps(),
                made.guidanceScale(),
                made.seconds());
    }

    /**
     * Keeps the original where {@code mask} is black and takes the new picture where it is white; grey mixes them.
     *
     * @param original brought to the size of what was made, like {@code mask}
     */
    static Retouch within(Picture mask, Picture original) {
        return made -> mix(
                made,
                PictureResizer.resize(original, made.width(), made.height()),
                PictureResizer.resize(mask, made.width(), made.height()));
    }

    private static Picture mix(Picture made, Picture kept, Picture mask) {
        byte[] fresh = made.toBytes();
        byte[] old = kept.toBytes();
        byte[] share = mask.toBytes();
        for (int i = 0; i < fresh.length; i++) {
            int part = share[i] & 0xff;
            fresh[i] = (byte) (((fresh[i] & 0xff) * part + (old[i] & 0xff) * (255 - part) + 127) / 255);
        }
        return new Picture(made.width(), made.height(), fresh);
    }
}
