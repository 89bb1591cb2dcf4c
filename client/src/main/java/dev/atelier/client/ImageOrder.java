package dev.atelier.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is ordered, in the fields of {@code POST /api/v1/model/generateImage}. What is left out is the service's choice, and the service
 * checks all bounds; its refusal names field, value and bound. An order has an idempotency key from its building on: sent twice, it is
 * accepted once.
 */
public final class ImageOrder {
    /** Of a picture that is sent within the order, as the service takes them. */
    public static final int LARGEST_INLINE = 30_000_000;

    private final Map<String, Object> fields;
    private final Map<String, String> headers;

    private ImageOrder(Builder builder) {
        Map<String, Object> all = new LinkedHashMap<>(builder.fields);
        if (!builder.references.isEmpty()) {
            all.put("images", List.copyOf(builder.references));
        }
        this.fields = all;
        this.headers = Map.copyOf(builder.headers);
    }

    /** @param prompt what to draw, in English or Chinese; references are addressed as "image 1", "image 2" */
    public static Builder of(String prompt) {
        return new Builder().set("prompt", prompt);
    }

    /** The same with another name in place of the model's, and nothing when there is one already. */
    ImageOrder orModel(String model) {
        return fields.containsKey("model") ? this : builder().model(model).build();
    }

    private Builder builder() {
        Builder builder = new Builder();
        builder.fields.putAll(fields);
        builder.headers.putAll(headers);
        return builder;
    }

    boolean hasModel() {
        return fields.containsKey("model");
    }

    /** As they are sent, in the order in which they were set; pictures that were given as bytes are base64. */
    public Map<String, Object> fields() {
        return Collections.unmodifiableMap(fields);
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Every method sets one field; the last call counts. */
    public static final class Builder {
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final List<String> references = new ArrayList<>();
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Builder() {
            idempotencyKey(UUID.randomUUID().toString());
        }

        /** A name from {@link AtelierClient#models}; left out, the first of them. */
        public Builder model(String name) {
            return set("model", name);
        }

        public Builder negativePrompt(String words) {
            return set("negative_prompt", words);
        }

        /** Whether the words may be put so that the model knows them. */
        public Builder expandPrompt(boolean expand) {
            return set("enable_prompt_expansion", expand);
        }

        /** Adds a picture to start from: an http(s) URL, what {@link AtelierClient#upload} returned, a data URI or base64. */
        public Builder reference(String picture) {
            references.add(picture);
            return this;
        }

        /**
         * Adds a picture to start from.
         *
         * @throws IllegalArgumentException above {@link #LARGEST_INLINE} bytes
         */
        public Builder reference(byte[] picture) {
            return reference(inline("reference", picture));
        }

        /**
         * Adds a picture to start from.
         *
         * @throws IllegalArgumentException above {@link #LARGEST_INLINE} bytes
         */
        public Builder reference(Path file) throws IOException {
            return reference(inline("reference", file));
        }

        /** White, or transparent, where the first reference may change; a picture as {@link #reference(String)} takes it. */
        public Builder mask(String picture) {
            return set("mask", picture);
        }

        /** @throws IllegalArgumentException above {@link #LARGEST_INLINE} bytes */
        public Builder mask(byte[] picture) {
            return mask(inline("mask", picture));
        }

        /** @throws IllegalArgumentException above {@link #LARGEST_INLINE} bytes */
        public Builder mask(Path file) throws IOException {
            return mask(inline("mask", file));
        }

        /** Extends the first reference by so many pixels, which are painted. */
        public Builder outpaint(int left, int top, int right, int bottom) {
            return set("outpaint", left + "," + top + "," + right + "," + bottom);
        }

        /** How far an edit may move from the first reference, 0 to 1. */
        public Builder strength(double strength) {
            return set("strength", strength);
        }

        /** In pixels. */
        public Builder size(int width, int height) {
            return set("size", width + "*" + height);
        }

        /** {@code WIDTHxHEIGHT}, {@code 1K} to {@code 4K}, a shape such as {@code 16:9}, or {@code adaptive}. */
        public Builder size(String size) {
            return set("size", size);
        }

        /** {@code WIDTH:HEIGHT}, beside a size without a shape. */
        public Builder aspectRatio(String shape) {
            return set("aspect_ratio", shape);
        }

        /** At most so many pictures that belong together, as many as the words ask for. */
        public Builder sequence(int most) {
            return set("sequential_image_generation", "auto").set("max_images", most);
        }

        /** So many pictures of the whole prompt, each from a seed of its own. */
        public Builder images(int count) {
            return set("sequential_image_generation", "disabled").set("max_images", count);
        }

        public Builder steps(int steps) {
            return set("steps", steps);
        }

        /** How closely the words are followed, 0 to 100. */
        public Builder guidanceScale(double scale) {
            return set("guidance_scale", scale);
        }

        /** The same seed draws the same picture; picture k of an order has this plus k. */
        public Builder seed(long seed) {
            return set("seed", seed);
        }

        /** {@code png}, {@code jpeg} or {@code webp}. */
        public Builder format(String format) {
            return set("output_format", format);
        }

        /** A visible mark in the corner. */
        public Builder watermark(boolean visible) {
            return set("watermark", visible);
        }

        /** Called once with the finished prediction; {@link WebhookVerifier} checks the call. */
        public Builder webhook(URI receiver) {
            return set("webhook_url", receiver.toString());
        }

        /** Any other field of this service, such as one that is newer than this client. */
        public Builder set(String field, Object value) {
            if (value == null) {
                throw new IllegalArgumentException(field + ": null is no value; leave the field out");
            }
            fields.put(field, value);
            return this;
        }

        /**
         * In place of the key that every order gets by itself: for a program that sends the same order again after a restart.
         *
         * @param key 1 to 255 visible characters of ASCII
         * @throws IllegalArgumentException when it is none
         */
        public Builder idempotencyKey(String key) {
            if (!key.matches("[!-~]{1,255}")) {
                throw new IllegalArgumentException("idempotencyKey: 1 to 255 visible characters of ASCII are needed");
            }
            headers.put("Idempotency-Key", key);
            return this;
        }

        /** How long the service keeps the pictures, in whole hours, 1 to 336. */
        public Builder keepPictures(Duration time) {
            headers.put("X-AtlasCloud-Object-Expiration-Hours", String.valueOf(time.toHours()));
            return this;
        }

        /** How long the service keeps the order after its end, in whole hours, 0 to 336. */
        public Builder keepOrder(Duration time) {
            headers.put("X-AtlasCloud-Request-Retention-Hours", String.valueOf(time.toHours()));
            return this;
        }

        public ImageOrder build() {
            return new ImageOrder(this);
        }

        private static String inline(String field, Path file) throws IOException {
            requireSmall(field, file.toString(), Files.size(file));
            return inline(field, Files.readAllBytes(file));
        }

        private static String inline(String field, byte[] picture) {
            requireSmall(field, "the picture", picture.length);
            return Base64.getEncoder().encodeToString(picture);
        }

        private static void requireSmall(String field, String what, long bytes) {
            if (bytes > LARGEST_INLINE) {
                throw new IllegalArgumentException(field + ": " + what + " has " + bytes + " bytes; at most "
                        + LARGEST_INLINE + " are sent inline");
            }
        }
    }
}
