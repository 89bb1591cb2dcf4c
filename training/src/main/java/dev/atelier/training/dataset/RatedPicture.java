package dev.atelier.training.dataset;

import java.util.List;

/**
 * A picture of a prompt, not yet decoded, and how good it is.
 *
 * @param name of the entry, to show
 * @param rating on the scale of its file, more is better
 * @param references pictures that the prompt speaks of, in order; empty for text to image
 */
public record RatedPicture(
        String name, String prompt, PictureSource picture, double rating, List<PictureSource> references)
        implements Feedback.Judgement {
    public RatedPicture {
        references = List.copyOf(references);
    }
}
