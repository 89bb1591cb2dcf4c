package dev.atelier.server.api.atlas;

import dev.atelier.server.media.MediaStore;
import dev.atelier.server.webhook.PredictionDocument;

/** Makes the Atlas surface's documents for tests of other packages. */
public final class AtlasJsonFixture {
    private AtlasJsonFixture() {}

    public static PredictionDocument over(MediaStore media) {
        return new AtlasJson(media, new InputJson(media));
    }
}
