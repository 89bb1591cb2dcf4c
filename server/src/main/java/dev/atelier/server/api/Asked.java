package dev.atelier.server.api;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.prediction.Warnings;

/**
 * What a body asks for.
 *
 * @param listing the catalog's entry for the model that it names
 * @param webhookUrl called at the end; empty: nobody
 * @param warnings what of the body is not known or has no effect
 */
public record Asked(Listing listing, GenerationRequest request, Reply reply, String webhookUrl, Warnings warnings) {
    /**
     * How it is to be answered.
     *
     * @param base64 pictures are answered as base64 instead of URLs
     * @param sync answer when it is finished
     * @param stream as events
     * @param partialImages unfinished pictures wanted in a stream, 0 to 3
     */
    public record Reply(boolean base64, boolean sync, boolean stream, int partialImages) {}
}
