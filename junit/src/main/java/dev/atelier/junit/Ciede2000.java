package dev.atelier.junit;

/** The colour difference CIEDE2000 with kL = kC = kH = 1, in the steps and names of Sharma, Wu and Dalal (2005). */
final class Ciede2000 {
    private static final double POW25_7 = Math.pow(25, 7);

    private Ciede2000() {}

    /** @param first L*, a*, b*; so is {@code second} */
    static double difference(double[] first, double[] second) {
        double meanC = (Math.hypot(first[1], first[2]) + Math.hypot(second[1], second[2])) / 2;
        double g = 0.5 * (1 - chromaRatio(meanC));
        double a1 = (1 + g) * first[1];
        double a2 = (1 + g) * second[1];
        double c1 = Math.hypot(a1, first[2]);
        double c2 = Math.hypot(a2, second[2]);
        double h1 = hue(a1, first[2]);
        double h2 = hue(a2, second[2]);

        double deltaL = second[0] - first[0];
        double deltaC = c2 - c1;
        double deltaHue = c1 * c2 == 0 ? 0 : wrapped(h2 - h1);
        double deltaH = 2 * Math.sqrt(c1 * c2) * sin(deltaHue / 2);

        double meanL = (first[0] + second[0]) / 2;
        double meanC2 = (c1 + c2) / 2;
        double meanH = meanHue(c1 * c2, h1, h2);
        double t = 1
                - 0.17 * cos(meanH - 30)
                + 0.24 * cos(2 * meanH)
                + 0.32 * cos(3 * meanH + 6)
                - 0.20 * cos(4 * meanH - 63);
        double away = (meanL - 50) * (meanL - 50);
        double sL = 1 + 0.015 * away / Math.sqrt(20 + away);
        double sC = 1 + 0.045 * meanC2;
        double sH = 1 + 0.015 * meanC2 * t;
        double theta = (meanH - 275) / 25;
        double rT = -sin(60 * Math.exp(-theta * theta)) * 2 * chromaRatio(meanC2);

        double l = deltaL / sL;
        double c = deltaC / sC;
        double h = deltaH / sH;
        return Math.sqrt(Math.max(0, l * l + c * c + h * h + rT * c * h));
    }

    private static double chromaRatio(double chroma) {
        double seventh = Math.pow(chroma, 7);
        return Math.sqrt(seventh / (seventh + POW25_7));
    }

    /** Degrees, 0 to 360. */
    private static double hue(double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double wrapped(double degrees) {
        return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
    }

    private static double meanHue(double chromas, double h1, double h2) {
        double sum = h1 + h2;
        if (chromas == 0) {
            return sum;
        }
        if (Math.abs(h1 - h2) <= 180) {
            return sum / 2;
        }
        return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
    }

    private static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
