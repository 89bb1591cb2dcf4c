package dev.atelier.training.dataset;

import java.util.List;

/**
 * Two pictures of one prompt, not yet decoded, of which somebody preferred one.
 *
 * @param name of the entry, to show
 * @param references pictures that the prompt speaks of, in order; empty for text to image
 */
public record PreferencePair(
        String name, String prompt, PictureSource winner, PictureSource loser, List<PictureSource> references)
        implements Feedback.Judgement {
    public PreferencePair {
        references = List.copyOf(references);
    }
}
