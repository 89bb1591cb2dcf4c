package dev.atelier.engine.pipeline;

import dev.atelier.engine.image.Picture;
import java.util.List;

/**
 * A sequence of pictures that belong together: shot k sees the user's references and the earlier shots through the reference
 * key/value cache.
 *
 * @param shots prompts and seeds in order; shots and references together at most 15
 * @param template size, steps, guidance and user references of every shot; its prompt and seeds are not used
 * @param earlier shots of this sequence made before (a sequence that is continued after an interruption), in order
 */
public record SequenceRequest(List<Shot> shots, ImageRequest template, List<Picture> earlier) {
    /** One picture of the sequence. */
    public record Shot(String prompt, long seed) {}

    public SequenceRequest {
        shots = List.copyOf(shots);
        earlier = List.copyOf(earlier);
        int pictures = shots.size() + earlier.size() + template.references().size();
        if (template.edit().bound()) {
            throw new IllegalArgumentException((template.edit().mask() == null ? "strength" : "mask")
                    + ": a sequence takes none; it belongs to an edit of one picture");
        }
        if (shots.isEmpty() || pictures > ImageRequest.MAX_IMAGES) {
            throw new IllegalArgumentException("shots: " + shots.size() + " shots, " + earlier.size()
                    + " earlier ones and " + template.references().size() + " references; together 1 to "
                    + ImageRequest.MAX_IMAGES + " are allowed");
        }
    }
}
