package dev.atelier.springai;

import dev.atelier.client.PredictionEvent;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.springframework.ai.image.ImageOptions;

/**
 * What Atelier can do beyond Spring AI's portable options. Options of a prompt go before those of the model, one by one; what neither has is the
 * service's choice. Pictures to start from go into the prompt, as media of its {@code ImageMessage}.
 */
public final class AtelierImageOptions implements ImageOptions {
    private static final String MODEL = "model";
    private static final String COUNT = "max_images";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String RESPONSE_FORMAT = "response_format";

    /** In the names of the HTTP API. */
    private final Map<String, Object> fields;

    private final Consumer<PredictionEvent> listener;
    private final CompletionStage<?> stop;

    private AtelierImageOptions(
            Map<String, Object> fields, Consumer<PredictionEvent> listener, CompletionStage<?> stop) {
        this.fields = fields;
        this.listener = listener;
        this.stop = stop;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** {@code options} where they say something, these elsewhere. */
    AtelierImageOptions with(ImageOptions options) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        if (options instanceof AtelierImageOptions own) {
            all.putAll(own.fields);
            return new AtelierImageOptions(
                    all, own.listener == null ? listener : own.listener, own.stop == null ? stop : own.stop);
        }
        if (options != null) {
            all.putAll(builder()
                    .model(options.getModel())
                    .n(options.getN())
                    .width(options.getWidth())
                    .height(options.getHeight())
                    .responseFormat(options.getResponseFormat())
                    .style(options.getStyle())
                    .fields);
        }
        return new AtelierImageOptions(all, listener, stop);
    }

    /** Those that are fields of an order, as they are sent. */
    Map<String, Object> orderFields() {
        Map<String, Object> sent = new LinkedHashMap<>(fields);
        sent.remove(RESPONSE_FORMAT);
        sent.remove("style");
        return sent;
    }

    /** Null: nobody listens. */
    Consumer<PredictionEvent> listener() {
        return listener;
    }

    /** Null: nothing but an interrupt stops it. */
    CompletionStage<?> stop() {
        return stop;
    }

    @Override
    public Integer getN() {
        return whole(COUNT);
    }

    @Override
    public String getModel() {
        return text(MODEL);
    }

    @Override
    public Integer getWidth() {
        return whole(WIDTH);
    }

    @Override
    public Integer getHeight() {
        return whole(HEIGHT);
    }

    @Override
    public String getResponseFormat() {
        return text(RESPONSE_FORMAT);
    }

    @Override
    public String getStyle() {
        return text("style");
    }

    private Integer whole(String name) {
        return fields.get(name) instanceof Number number ? number.intValue() : null;
    }

    private String text(String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    /** Every method sets one option; null leaves it open. */
    public static final class Builder {
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private Consumer<PredictionEvent> listener;
        private CompletionStage<?> stop;

        private Builder() {}

        /** A name of the service's catalog; left open, its first. */
        public Builder model(String name) {
            return field(MODEL, name);
        }

        /** How many pictures: of the whole prompt each, or at most so many that belong together ({@link #sequence}). */
        public Builder n(Integer count) {
            return field(COUNT, count);
        }

        /** Pixels, together with the height. */
        public Builder width(Integer pixels) {
            return field(WIDTH, pixels);
        }

        /** Pixels, together with the width. */
        public Builder height(Integer pixels) {
            return field(HEIGHT, pixels);
        }

        /** {@code url}, or {@code b64_json}: the pictures themselves. */
        public Builder responseFormat(String format) {
            return field(RESPONSE_FORMAT, format);
        }

        /** Has no effect, which the response's warnings say: style is a matter of the prompt's words. */
        public Builder style(String style) {
            return field("style", style);
        }

        /** {@code 1K} to {@code 4K}, a shape such as {@code 16:9}, or {@code WIDTHxHEIGHT}. */
        public Builder size(String size) {
            return field("size", size);
        }

        /** Whether pictures belong together, each made with the earlier ones in view. */
        public Builder sequence(Boolean together) {
            return field("sequential_image_generation", together == null ? null : together ? "auto" : "disabled");
        }

        /** The same seed draws the same picture. */
        public Builder seed(Long seed) {
            return field("seed", seed);
        }

        public Builder steps(Integer steps) {
            return field("steps", steps);
        }

        /** How closely the words are followed, 0 to 100. */
        public Builder guidanceScale(Double scale) {
            return field("guidance_scale", scale);
        }

        public Builder negativePrompt(String words) {
            return field("negative_prompt", words);
        }

        /** How far an edit may move from the first reference, 0 to 1. */
        public Builder strength(Double strength) {
            return field("strength", strength);
        }

        /** A picture file: white where the first reference may change. The same as media with the name {@code mask}. */
        public Builder mask(byte[] picture) {
            return field("mask", picture == null ? null : Base64.getEncoder().encodeToString(picture));
        }

        /** {@code LEFT,TOP,RIGHT,BOTTOM} pixels by which the first reference is extended. */
        public Builder outpaint(String margins) {
            return field("outpaint", margins);
        }

        /** {@code png}, {@code jpeg} or {@code webp}. */
        public Builder outputFormat(String format) {
            return field("output_format", format);
        }

        public Builder watermark(Boolean visible) {
            return field("watermark", visible);
        }

        /** Whether the words may be put so that the model knows them. */
        public Builder expandPrompt(Boolean expand) {
            return field("enable_prompt_expansion", expand);
        }

        /** Any other field of the service's orders. */
        public Builder field(String name, Object value) {
            if (value == null) {
                fields.remove(name);
            } else {
                fields.put(name, value);
            }
            return this;
        }

        /** Hears of progress and of each picture as it comes, before the call returns. */
        public Builder onEvent(Consumer<PredictionEvent> heard) {
            listener = heard;
            return this;
        }

        /** Its completion, in whatever way, cancels the order; so does an interrupt of the calling thread. */
        public Builder cancelOn(CompletionStage<?> signal) {
            stop = signal;
            return this;
        }

        public AtelierImageOptions build() {
            return new AtelierImageOptions(new LinkedHashMap<>(fields), listener, stop);
        }
    }

    /** For logs; pictures are left out. */
    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>(fields);
        shown.computeIfPresent("mask", (_, _) -> "…");
        return "AtelierImageOptions" + shown;
    }
}
