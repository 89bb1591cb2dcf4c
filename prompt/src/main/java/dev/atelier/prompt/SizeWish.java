package dev.atelier.prompt;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size that a request names, if it names one: both sides, or an area and a shape, each of which may stay open. What is
 * open, the prompt's words, the first reference and the model's native size decide, in this order.
 *
 * @param width pixels; 0: open
 * @param height pixels; 0: open, together with {@code width}
 * @param tier area by name, next to open sides only
 * @param aspect width divided by height, 1/16 to 16, next to open sides only; 0: open
 */
public record SizeWish(int width, int height, Tier tier, double aspect) {
    public static final long MIN_PIXELS = 65_536;
    public static final long MAX_PIXELS = 16_777_216;
    public static final double MAX_ASPECT = 16;
    private static final Pattern SIDES = Pattern.compile("(\\d{1,6})\\s*[*xX×]\\s*(\\d{1,6})");
    private static final Pattern RATIO =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*[:：]\\s*(\\d{1,3}(?:\\.\\d{1,4})?)");

    /** An area by name: that of a square with this side. */
    public enum Tier {
        /** The model's native area. */
        MODEL(0),
        K1(1024),
        K2(2048),
        K3(3072),
        K4(4096);

        private final int side;

        Tier(int side) {
            this.side = side;
        }

        /** Side of the square with this area, pixels; 0: the model's. */
        public int side() {
            return side;
        }
    }

    /** @throws InvalidRequestException when a bound is broken */
    public SizeWish {
        String given = width + "*" + height;
        if (width < 0 || height < 0 || (width == 0) != (height == 0)) {
            throw new InvalidRequestException("size", given, "both sides must be above 0, or both left out");
        }
        if (width > 0 && (tier != Tier.MODEL || aspect != 0)) {
            throw new InvalidRequestException(
                    "size", given + " beside a named size or aspect", "only one of them is allowed");
        }
        if (width > 0) {
            checkSides(width, height);
        }
        if (aspect != 0 && !(aspect >= 1 / MAX_ASPECT && aspect <= MAX_ASPECT)) {
            throw new InvalidRequestException("size", "aspect ratio " + aspect, "1/16 to 16 is allowed");
        }
    }

    /** Nothing named. */
    public static SizeWish open() {
        return new SizeWish(0, 0, Tier.MODEL, 0);
    }

    public static SizeWish of(int width, int height) {
        return new SizeWish(width, height, Tier.MODEL, 0);
    }

    /**
     * Reads {@code 2048*2048}, {@code 2048x2048}, {@code 1K} to {@code 4K}, {@code 16:9}, {@code auto}, {@code adaptive} or
     * an empty text.
     *
     * @throws InvalidRequestException when it is none of them or breaks a bound
     */
    public static SizeWish parse(String text) {
        String word = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        Matcher sides = SIDES.matcher(word);
        if (sides.matches()) {
            int width = Integer.parseInt(sides.group(1));
            int height = Integer.parseInt(sides.group(2));
            if (width == 0 || height == 0) {
                throw new InvalidRequestException("size", width + "*" + height, "both sides must be above 0");
            }
            return of(width, height);
        }
        Matcher ratio = RATIO.matcher(word);
        if (ratio.matches()) {
            double height = Double.parseDouble(ratio.group(2));
            double width = Double.parseDouble(ratio.group(1));
            if (width == 0 || height == 0) {
                throw new InvalidRequestException("size", "aspect ratio " + word, "1/16 to 16 is allowed");
            }
            return new SizeWish(0, 0, Tier.MODEL, width / height);
        }
        return switch (word) {
            case "", "auto", "adaptive" -> open();
            case "1k" -> new SizeWish(0, 0, Tier.K1, 0);
            case "2k" -> new SizeWish(0, 0, Tier.K2, 0);
            case "3k" -> new SizeWish(0, 0, Tier.K3, 0);
            case "4k" -> new SizeWish(0, 0, Tier.K4, 0);
            default ->
                throw new InvalidRequestException(
                        "size",
                        "\"" + word.substring(0, Math.min(word.length(), 40)) + "\" is not understood",
                        "WIDTH*HEIGHT, 1K, 2K, 3K, 4K or WIDTH:HEIGHT is needed");
        };
    }

    /** Whether both sides are named. */
    public boolean exact() {
        return width > 0;
    }

    private static void checkSides(int width, int height) {
        long pixels = (long) width * height;
        String given = String.format(Locale.ROOT, "%d*%d is %,d pixels", width, height, pixels);
        if (pixels < MIN_PIXELS) {
            throw new InvalidRequestException("size", given, "at least 65,536 are needed");
        }
        if (pixels > MAX_PIXELS) {
            throw new InvalidRequestException("size", given, "at most 16,777,216 are allowed");
        }
        if (Math.max(width, height) > MAX_ASPECT * Math.min(width, height)) {
            throw new InvalidRequestException(
                    "size", width + "*" + height + " has an extreme shape", "an aspect ratio of 1/16 to 16 is allowed");
        }
    }
}
