package dev.atelier.training.lora;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a fine-tuning is asked for. Errors name the command's option, the value and its bound.
 *
 * @param steps updates in all
 * @param seed of factors, order, crops, noise and dropout
 */
public record LoraSettings(Adapter adapter, Optimization optimization, Data data, int steps, long seed) {
    /**
     * @param rank inner width of an adapter
     * @param alpha an adapter's output is multiplied by {@code alpha / rank}
     */
    public record Adapter(int rank, double alpha, LoraTargets targets) {
        public Adapter {
            require("rank", rank, 1, 1024);
            require("alpha", alpha, 1e-3, 1e5);
        }

        double scale() {
            return alpha / rank;
        }
    }

    /**
     * @param learningRate after the warm-up; it then falls along a cosine to 0
     * @param warmup steps of linearly rising rate
     * @param weightDecay of AdamW, times the learning rate
     * @param clip bound of the gradients' norm
     * @param batch examples computed at once
     * @param accumulate batches an update
     */
    public record Optimization(
            double learningRate, int warmup, double weightDecay, double clip, int batch, int accumulate) {
        public Optimization {
            require("learning-rate", learningRate, 1e-8, 1);
            require("warmup", warmup, 0, 1_000_000);
            require("weight-decay", weightDecay, 0, 10);
            require("clip", clip, 1e-6, 1e6);
            require("batch", batch, 1, 1024);
            require("accumulate", accumulate, 1, 1024);
        }

        /** The share of {@code learningRate} at update {@code step} (from 0) of {@code steps}. */
        public double rate(long step, int steps) {
            if (step < warmup) {
                return (step + 1.0) / (warmup + 1);
            }
            double done = (double) (step - warmup) / Math.max(1, steps - warmup);
            return 0.5 * (1 + Math.cos(Math.PI * done));
        }
    }

    /**
     * @param resolution side of the square whose area training pictures have, pixels
     * @param crops of each picture: the middle, then random ones
     * @param captionDropout share of examples trained without words, for classifier-free guidance
     * @param trigger put before each caption that does not have it; may be empty
     */
    public record Data(int resolution, int crops, double captionDropout, String trigger) {
        private static final int MAX_TRIGGER = 200;

        public Data {
            trigger = trigger.strip();
            require("resolution", resolution, 8, 2048);
            require("crops", crops, 1, 64);
            require("caption-dropout", captionDropout, 0, 1);
            if (trigger.length() > MAX_TRIGGER) {
                throw new IllegalArgumentException(
                        "trigger: " + trigger.length() + " characters; at most " + MAX_TRIGGER + " are allowed");
            }
        }

        /** {@code caption} with the trigger before it. */
        String prompt(String caption) {
            return trigger.isEmpty() || caption.contains(trigger) ? caption : trigger + ", " + caption;
        }
    }

    public LoraSettings {
        require("steps", steps, 1, 10_000_000);
    }

    /** Every setting by its option's name. */
    public Map<String, String> values() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("rank", adapter.rank());
        out.put("alpha", adapter.alpha());
        out.put("targets", adapter.targets().name().toLowerCase(Locale.ROOT));
        out.put("learning-rate", optimization.learningRate());
        out.put("warmup", optimization.warmup());
        out.put("weight-decay", optimization.weightDecay());
        out.put("clip", optimization.clip());
        out.put("batch", optimization.batch());
        out.put("accumulate", optimization.accumulate());
        out.put("resolution", data.resolution());
        out.put("crops", data.crops());
        out.put("caption-dropout", data.captionDropout());
        out.put("trigger", data.trigger());
        out.put("steps", steps);
        out.put("seed", seed);
        Map<String, String> texts = new LinkedHashMap<>();
        out.forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    private static void require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + ": " + number(value) + " is not in " + number(least) + " to " + number(most));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
