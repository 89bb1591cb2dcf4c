package dev.atelier.world.render;

/** Value noise with smooth interpolation and its fractal sums, from -1 to 1, the same for the same seed everywhere. */
final class Noise {
    private final long seed;

    Noise(long seed) {
        this.seed = seed;
    }

    double at(double x) {
        return at(x, 0);
    }

    double at(double x, double y) {
        double cellX = Math.floor(x);
        double cellY = Math.floor(y);
        double u = smooth(x - cellX);
        double v = smooth(y - cellY);
        long column = (long) cellX;
        long row = (long) cellY;
        double top = lerp(value(column, row), value(column + 1, row), u);
        double bottom = lerp(value(column, row + 1), value(column + 1, row + 1), u);
        return lerp(top, bottom, v);
    }

    /** Sum of {@code octaves} noises, each of twice the frequency and half the height of the one before. */
    double fractal(double x, double y, int octaves) {
        double sum = 0;
        double weight = 1;
        double total = 0;
        double frequency = 1;
        for (int i = 0; i < octaves; i++) {
            sum += weight * at(x * frequency + i * 17.3, y * frequency + i * 9.7);
            total += weight;
            weight *= 0.5;
            frequency *= 2;
        }
        return sum / total;
    }

    private double value(long x, long y) {
        long hash = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        hash ^= hash >>> 32;
        return (hash >>> 11) * 0x1.0p-52 - 1;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double lerp(double from, double to, double share) {
        return from + (to - from) * share;
    }
}
