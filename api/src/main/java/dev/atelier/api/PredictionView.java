package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** One order and what has become of it. */
public record PredictionView(
        @JsonPropertyDescription("pred_ and 26 characters; rises with time.")
        String id,

        @JsonPropertyDescription("As asked for.") String model,

        @JsonProperty("served_by") @JsonPropertyDescription("The model that makes it.")
        String servedBy,

        @JsonPropertyDescription("A canceled one is failed here; `state` tells them apart.")
        Status status,

        State state,

        @JsonPropertyDescription("URLs of the pictures so far, or data URIs when asked for.")
        List<String> outputs,

        List<ImageView> images,

        @JsonPropertyDescription("Empty unless something failed.")
        String error,

        @JsonInclude(Include.NON_NULL)
        @JsonProperty("error_code")
        @JsonPropertyDescription("Of what kind the failure is.")
        ErrorCode errorCode,

        Metrics metrics,
        @JsonPropertyDescription("0 to 1.") double progress,

        @JsonPropertyDescription("Of the first picture; picture k has this plus k.")
        long seed,

        @JsonProperty("revised_prompt") @JsonPropertyDescription("The words that were used.")
        String revisedPrompt,

        @JsonPropertyDescription("What was ignored, replaced or cannot be drawn.")
        List<String> warnings,

        @JsonPropertyDescription("Who planned it, then why so many pictures and why this size.")
        List<String> reasons,

        @JsonProperty("created_at") Instant createdAt,

        @JsonProperty("started_at") @JsonPropertyDescription("Empty before a worker takes it.")
        String startedAt,

        @JsonProperty("completed_at") @JsonPropertyDescription("Empty before it ends.")
        String completedAt,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("For its owner: what was ordered.")
        InputView input,

        @JsonInclude(Include.NON_NULL)
        @JsonPropertyDescription("In the answer to its submission: where it is followed.")
        Links urls) {
    /** As clients of the hosted service know it: at any other word they poll on for ever. */
    public enum Status {
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("processing")
        PROCESSING,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("failed")
        FAILED
    }

    public enum State {
        @JsonProperty("planning")
        PLANNING,
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("processing")
        PROCESSING,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("canceled")
        CANCELED
    }

    public enum ErrorCode {
        @JsonProperty("deadline")
        DEADLINE,
        @JsonProperty("memory")
        MEMORY,
        @JsonProperty("abandoned")
        ABANDONED,
        @JsonProperty("reference")
        REFERENCE,
        @JsonProperty("request")
        REQUEST,
        @JsonProperty("canceled")
        CANCELED,
        @JsonProperty("engine")
        ENGINE
    }

    public record Metrics(
            @JsonInclude(Include.NON_NULL) @JsonProperty("queue_time") @JsonPropertyDescription("Seconds.")
            Double queueTime,

            @JsonInclude(Include.NON_NULL) @JsonProperty("predict_time") @JsonPropertyDescription("Seconds.")
            Double predictTime) {}

    public record Links(String get, String cancel, String events) {}

    /** The same with what was ordered. */
    public PredictionView with(InputView ordered) {
        return copy(ordered, urls);
    }

    /** The same with the places where it is followed. */
    public PredictionView with(Links links) {
        return copy(input, links);
    }

    private PredictionView copy(InputView ordered, Links links) {
        return new PredictionView(
                id,
                model,
                servedBy,
                status,
                state,
                outputs,
                images,
                error,
                errorCode,
                metrics,
                progress,
                seed,
                revisedPrompt,
                warnings,
                reasons,
                createdAt,
                startedAt,
                completedAt,
                ordered,
                links);
    }
}
