package dev.atelier.training.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A scale between numbers and pixels.
 *
 * @param low number at pixel {@code from}
 * @param high number at pixel {@code to}
 * @param logarithmic both numbers above 0 then
 */
record Axis(double low, double high, boolean logarithmic, double from, double to) {
    private static final double[] ROUND = {1, 2, 5, 10};

    Axis {
        if (!(high > low) || (logarithmic && !(low > 0))) {
            throw new IllegalArgumentException("axis: " + low + " to " + high + " is no range");
        }
    }

    /** The pixel of {@code value}; values beyond the ends lie on them. */
    double pixel(double value) {
        double inside = Math.clamp(value, low, high);
        double share = logarithmic ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
        return from + share * (to - from);
    }

    /** About {@code count} round numbers within the range. */
    List<Double> ticks(int count) {
        return logarithmic && high / low > 20 ? decades() : linear(count);
    }

    private List<Double> linear(int count) {
        double step = round((high - low) / count);
        List<Double> out = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            out.add(i * step);
        }
        return out;
    }

    private List<Double> decades() {
        List<Double> out = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
            for (double factor : new double[] {1, 2, 5}) {
                double value = factor * Math.pow(10, power);
                if (value >= low && value <= high) {
                    out.add(value);
                }
            }
        }
        return out;
    }

    /** The smallest of 1, 2, 5 times a power of ten that is not below {@code step}. */
    private static double round(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : ROUND) {
            if (factor * power >= step * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static String label(double value) {
        return new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString();
    }
}
