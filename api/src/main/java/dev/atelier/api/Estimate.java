package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What an order would take. Nothing costs anything. */
public record Estimate(
        String price,
        @JsonProperty("origin_price") String originPrice,
        boolean estimated,

        @JsonPropertyDescription("Pictures that the words ask for.")
        int images,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Pixels; missing when the first reference decides.")
        Integer width,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Pixels.")
        Integer height,

        @JsonPropertyDescription("By the model's latest pictures, without waiting; 0: not known.")
        double seconds,

        @JsonProperty("peak_bytes") @JsonPropertyDescription("Memory, at most.")
        long peakBytes,

        @JsonPropertyDescription("What would be ignored, replaced or cannot be drawn.")
        List<String> warnings,

        @JsonPropertyDescription("Who planned it, then why so many pictures and why this size.")
        List<String> reasons) {
    private static final String FREE = "0";

    public Estimate(
            int images,
            Integer width,
            Integer height,
            double seconds,
            long peakBytes,
            List<String> warnings,
            List<String> reasons) {
        this(FREE, FREE, true, images, width, height, seconds, peakBytes, warnings, reasons);
    }

    /** The price at the top, where clients read it, and the whole in {@code data}. */
    public record Body(
            String price,
            @JsonProperty("origin_price") String originPrice,
            boolean estimated,
            int code,
            String message,
            Estimate data) {
        public Body(Estimate data) {
            this(data.price(), data.originPrice(), data.estimated(), Answer.OK, Answer.SUCCESS, data);
        }
    }
}
