package dev.atelier.engine.generation;

/**
 * Which pictures a model draws by itself. Others are made from a picture of its best size: smaller ones shrunk, larger ones enlarged and
 * refined in windows.
 *
 * @param best side of the square that it draws best, pixels
 * @param min side of the smallest square that it draws by itself, pixels
 * @param max side of the largest square that it draws by itself, pixels
 * @param refinementNoise noise level in [0, 1) that the refinement of enlarged pictures starts from: how much it may invent; at 0
 *     pictures are enlarged only
 */
record NativeSizes(int best, int min, int max, double refinementNoise) {
    /** Enlarged pictures of no more than this many times the base picture's side are not refined: there is nothing to add. */
    private static final double REFINED_FROM = 1.25;

    /** Whether the model draws this shape by itself. */
    boolean isNative(int width, int height) {
        long pixels = (long) width * height;
        return pixels >= (long) min * min && pixels <= (long) max * max;
    }

    /** Whether a picture made from one of the best size is refined. */
    boolean refines(int width, int height) {
        return refinementNoise > 0
                && !isNative(width, height)
                && (double) width * height > REFINED_FROM * REFINED_FROM * best * best;
    }
}
