package dev.atelier.engine.image.codec;

/** What the samples of a pixel mean. */
enum Channels {
    GREY(1),
    RGB(3),
    /** Luma and chroma as JFIF defines them, 8 bits. */
    YCBCR(3),
    /** Amounts of ink, 0 none. */
    CMYK(4),
    /** As {@link #CMYK}, but 0 is full ink: what Adobe writes into JPEG. */
    INVERTED_CMYK(4),
    /** {@link #INVERTED_CMYK} with its first three channels turned into luma and chroma, 8 bits. */
    YCCK(4);

    private final int count;

    Channels(int count) {
        this.count = count;
    }

    /** Samples a pixel, without alpha. */
    int count() {
        return count;
    }

    /** The channels that {@link #normalise} turns these into: grey, red-green-blue or ink. */
    Channels plain() {
        return switch (this) {
            case GREY -> GREY;
            case RGB, YCBCR -> RGB;
            case CMYK, INVERTED_CMYK, YCCK -> CMYK;
        };
    }

    /** Turns pixels of these channels into {@link #plain()} ones in place. */
    void normalise(int[] samples, int max) {
        switch (this) {
            case GREY, RGB, CMYK -> {}
            case YCBCR -> {
                for (int i = 0; i < samples.length; i += 3) {
                    lumaChromaToRgb(samples, i);
                }
            }
            case INVERTED_CMYK -> {
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = max - samples[i];
                }
            }
            case YCCK -> {
                for (int i = 0; i < samples.length; i += 4) {
                    lumaChromaToRgb(samples, i);
                    // Luma and chroma were taken from inks inverted twice, black from ink inverted once.
                    samples[i + 3] = max - samples[i + 3];
                }
            }
        }
    }

    /** ITU-R BT.601 full range (JFIF 1.02), in fixed point with 16 fractional bits. */
    private static void lumaChromaToRgb(int[] samples, int at) {
        int y = samples[at];
        int cb = samples[at + 1] - 128;
        int cr = samples[at + 2] - 128;
        samples[at] = Math.clamp(y + (91881 * cr + 32768 >> 16), 0, 255);
        samples[at + 1] = Math.clamp(y + (-22554 * cb - 46802 * cr + 32768 >> 16), 0, 255);
        samples[at + 2] = Math.clamp(y + (116130 * cb + 32768 >> 16), 0, 255);
    }
}
