package dev.atelier.world.render;

import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Nouns;
import dev.atelier.world.scene.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures which colour most of each drawing has and writes {@code colours.tsv}: the noun, the colour that its drawings agree on
 * (empty where they do not, or where none covers most of one) and whether another can take its place. It draws every drawing, so it
 * also tells when one cannot be drawn. {@code DrawingColours FILE}
 */
public final class DrawingColours {
    private static final double NAMED = 0.62;
    private static final double DYEABLE = 0.50;

    private DrawingColours() {}

    public static void main(String[] args) throws IOException {
        List<String> lines = new ArrayList<>(List.of("key\tcolour\tdyeable"));
        lines.addAll(Nouns.all().parallelStream().map(DrawingColours::row).toList());
        Files.write(Path.of(args[0]), lines);
    }

    private static String row(Noun noun) {
        List<Dye> dyes = List.of(Style.SOFT, Style.FLAT, Style.CARTOON).stream()
                .filter(noun::drawnIn)
                .map(style -> Dye.of(Sprites.of(noun, style, 256).levels().getFirst()))
                .toList();
        List<Hue> hues = dyes.stream().map(dye -> nearest(dye.rgb())).distinct().toList();
        boolean named = hues.size() == 1 && dyes.stream().allMatch(dye -> dye.share() >= NAMED);
        // Things of nature are seldom asked for in another colour, and places hold many things.
        boolean dyeable = dyes.stream().allMatch(dye -> dye.share() >= DYEABLE)
                && !List.of("sky", "place", "time").contains(noun.group());
        return noun.name() + "\t" + (named ? hues.getFirst().name() : "") + "\t" + (dyeable ? "dyeable" : "");
    }

    /** The nearest of the named colours by CIE 1976 L*a*b*. */
    private static Hue nearest(int rgb) {
        Hue best = Hue.GREY;
        double least = Double.MAX_VALUE;
        double[] lab = lab(rgb);
        for (Hue hue : Hue.values()) {
            double[] other = lab(hue.rgb());
            double distance = Math.pow(0.6 * (lab[0] - other[0]), 2)
                    + Math.pow(lab[1] - other[1], 2)
                    + Math.pow(lab[2] - other[2], 2);
            if (distance < least) {
                least = distance;
                best = hue;
            }
        }
        return best;
    }

    private static double[] lab(int rgb) {
        double r = linear(Rgb.red(rgb));
        double g = linear(Rgb.green(rgb));
        double b = linear(Rgb.blue(rgb));
        double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
