package dev.atelier.training.dataset;

import java.util.List;

/**
 * An entry of a user's dataset, not yet decoded.
 *
 * @param references pictures that the caption speaks of, in order; empty for text to image
 */
public record CaptionedPicture(PictureSource picture, String caption, List<PictureSource> references) {
    public CaptionedPicture {
        references = List.copyOf(references);
    }

    /** Its picture's name. */
    public String name() {
        return picture.name();
    }

    public CaptionedPicture withCaption(String caption) {
        return new CaptionedPicture(picture, caption, references);
    }
}
