package dev.atelier.engine.pipeline;

import dev.atelier.engine.image.Picture;
import java.util.List;

/**
 * One call of an {@link ImagePipeline}: pictures made from one prompt. Text to image has no reference, an edit one, a
 * composition up to 14. One seed an image; several seeds are one batch.
 *
 * @param prompt what to draw, not null
 * @param negativePrompt what to avoid; used with classifier-free guidance only; empty by default
 * @param width pixels, from the model's {@link ModelInfo#sizeMultiple()} on; 0: with a mask or a strength the first reference's own,
 *     with references the shape of the first at a size that suits the model, else the model's default
 * @param height pixels, as {@code width}
 * @param steps denoising steps; 0: the model's default
 * @param guidanceScale classifier-free guidance (above 1 it doubles the work) or the guidance embedding, by model; negative:
 *     the model's default
 * @param seeds one an image, at least one
 * @param references pictures that the prompt may address as "image 1", "image 2", …
 * @param referenceCache references as the key/value variant does it: they attend among themselves only, computed once
 * @param sigmas the noise levels of the steps, falling, in (0, 1]; empty: the schedule of the model, from {@code edit}'s strength on
 * @param edit what of the first reference may change
 */
public record ImageRequest(
        String prompt,
        String negativePrompt,
        int width,
        int height,
        int steps,
        double guidanceScale,
        List<Long> seeds,
        List<Picture> references,
        boolean referenceCache,
        List<Double> sigmas,
        EditScope edit) {
    public static final int MAX_REFERENCES = 14;
    public static final int MAX_STEPS = 200;
    public static final int MAX_IMAGES = 15;

    /** The largest picture made, pixels (4096 x 4096). */
    public static final long MAX_PIXELS = 4096L * 4096;

    public ImageRequest {
        seeds = List.copyOf(seeds);
        references = List.copyOf(references);
        sigmas = List.copyOf(sigmas);
        edit = edit == null ? EditScope.FREE : edit;
        require(prompt != null, "prompt: missing");
        negativePrompt = negativePrompt == null ? "" : negativePrompt;
        require(width >= 0 && height >= 0, "size: " + width + "x" + height + " is negative");
        require((width == 0) == (height == 0), "size: " + width + "x" + height + " gives one side only");
        require(steps >= 0 && steps <= MAX_STEPS, "steps: " + steps + " is not in 0 to " + MAX_STEPS);
        require(
                !Double.isNaN(guidanceScale) && guidanceScale <= 100,
                "guidance: " + guidanceScale + " is not at most 100");
        require(
                !seeds.isEmpty() && seeds.size() <= MAX_IMAGES,
                "seeds: " + seeds.size() + " images asked for; 1 to " + MAX_IMAGES + " are allowed");
        require(
                references.size() <= MAX_REFERENCES,
                "references: " + references.size() + " given; at most " + MAX_REFERENCES + " are allowed");
        require(
                !references.isEmpty() || edit.equals(EditScope.FREE),
                (edit.mask() == null ? "strength" : "mask")
                        + ": there is no picture to apply it to; at least 1 reference is needed");
    }

    /** A request for one picture of {@code prompt} with the model's defaults. */
    public static ImageRequest of(String prompt, long seed) {
        return builder().prompt(prompt).seed(seed).build();
    }

    /** Everything but prompt and seeds is the model's default. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with this request. */
    public Builder toBuilder() {
        return new Builder()
                .prompt(prompt)
                .negativePrompt(negativePrompt)
                .size(width, height)
                .steps(steps)
                .guidanceScale(guidanceScale)
                .seeds(seeds)
                .references(references)
                .referenceCache(referenceCache)
                .sigmas(sigmas)
                .edit(edit);
    }

    /** Collects the parts of a request; {@link ImageRequest} says what each means. */
    public static final class Builder {
        private String prompt;
        private String negativePrompt = "";
        private int width;
        private int height;
        private int steps;
        private double guidanceScale = -1;
        private List<Long> seeds = List.of();
        private List<Picture> references = List.of();
        private boolean referenceCache;
        private List<Double> sigmas = List.of();
        private EditScope edit = EditScope.FREE;

        private Builder() {}

        public Builder prompt(String prompt) {
            this.prompt = prompt;
            return this;
        }

        public Builder negativePrompt(String negativePrompt) {
            this.negativePrompt = negativePrompt;
            return this;
        }

        /** Pixels. */
        public Builder size(int width, int height) {
            this.width = width;
            this.height = height;
            return this;
        }

        public Builder steps(int steps) {
            this.steps = steps;
            return this;
        }

        public Builder guidanceScale(double guidanceScale) {
            this.guidanceScale = guidanceScale;
            return this;
        }

        /** One image of this seed. */
        public Builder seed(long seed) {
            return seeds(List.of(seed));
        }

        public Builder seeds(List<Long> seeds) {
            this.seeds = seeds;
            return this;
        }

        public Builder references(List<Picture> references) {
            this.references = references;
            return this;
        }

        public Builder referenceCache(boolean referenceCache) {
            this.referenceCache = referenceCache;
            return this;
        }

        public Builder sigmas(List<Double> sigmas) {
            this.sigmas = sigmas;
            return this;
        }

        public Builder edit(EditScope edit) {
            this.edit = edit;
            return this;
        }

        /** @throws IllegalArgumentException naming the field that is missing or out of bounds, its value and the bound */
        public ImageRequest build() {
            return new ImageRequest(
                    prompt,
                    negativePrompt,
                    width,
                    height,
                    steps,
                    guidanceScale,
                    seeds,
                    references,
                    referenceCache,
                    sigmas,
                    edit);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
