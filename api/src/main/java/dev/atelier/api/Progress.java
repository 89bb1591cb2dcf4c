package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How far a prediction is, as streams of events tell it. */
public record Progress(
        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("The prediction's, in the stream of all predictions.")
        String id,

        @JsonInclude(Include.NON_NULL) Phase phase,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Index of the picture, from 0.")
        Integer image,

        @JsonInclude(Include.NON_NULL) @JsonProperty("at_once") @JsonPropertyDescription("Pictures made together.")
        Integer atOnce,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Of the whole prediction.")
        Integer images,

        @JsonInclude(Include.NON_NULL) Integer step,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Of these pictures; 0: not known.")
        Integer steps,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("While it waits: 1 is the next.")
        Integer place,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Predictions that wait for the same device.")
        Integer waiting,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Of the whole, 0 to 1.")
        Double progress,

        @JsonInclude @JsonProperty("seconds_left") @JsonPropertyDescription("Until it is finished; null: not known.")
        Double secondsLeft,

        @JsonInclude(Include.NON_NULL)
        @JsonPropertyDescription("How the unfinished picture looks, a JPEG as a data URI.")
        String preview) {
    /** Nothing is known yet. */
    public static final Progress UNKNOWN =
            new Progress(null, null, null, null, null, null, null, null, null, null, null, null);

    public enum Phase {
        @JsonProperty("waiting")
        WAITING,
        @JsonPropertyDescription("A prompt engineer that takes its time plans it.")
        @JsonProperty("planning")
        PLANNING,
        @JsonProperty("preparing")
        PREPARING,
        @JsonProperty("drawing")
        DRAWING,
        @JsonProperty("refining")
        REFINING,
        @JsonProperty("decoding")
        DECODING,
        @JsonPropertyDescription("Another process makes it, which does not say more.")
        @JsonProperty("making")
        MAKING
    }

    /** @param secondsLeft null: not known */
    public static Progress waiting(int place, int waiting, Double secondsLeft) {
        return new Progress(null, Phase.WAITING, null, null, null, null, null, place, waiting, 0.0, secondsLeft, null);
    }

    /** The same with the prediction's id. */
    public Progress of(String prediction) {
        return new Progress(
                prediction, phase, image, atOnce, images, step, steps, place, waiting, progress, secondsLeft, preview);
    }

    /** The same with a look at picture {@code index}. */
    public Progress showing(int index, String jpeg) {
        return new Progress(id, phase, index, atOnce, images, step, steps, place, waiting, progress, secondsLeft, jpeg);
    }
}
