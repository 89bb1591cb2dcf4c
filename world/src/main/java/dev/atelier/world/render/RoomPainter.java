package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.polygon;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Furniture;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Weather;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The inside of a home: a wall with a window, a floor, furniture along the wall. */
record RoomPainter(Canvas canvas, Scene scene, Room room) {
    private static final double EDGE = 0.69;
    private static final double FOOT = 0.775;
    /** Heights of drawings by their size. */
    private static final double[] SIZES = {0.15, 0.20, 0.27, 0.36, 0.42, 0.46};

    void paint() {
        wall();
        floor();
        Sketch sketch = new Sketch(canvas, canvas.width() / 2.0, canvas.height() * FOOT, scale());
        window(sketch);
        rug(sketch);
        for (Subject subject : fromBehind()) {
            Sketch place = sketch.from(x(subject.side()), 0, 1);
            switch (subject) {
                case Furniture furniture ->
                    new FurniturePainter(place, furniture.colour().rgb()).paint(furniture.kind());
                case Person person -> FigurePlacer.stand(place.from(0, -0.10, 0.56), person, rgb -> rgb, dice(subject));
                case Animal animal -> FigurePlacer.stand(place.from(0, -0.10, 0.36), animal, rgb -> rgb, dice(subject));
                case Drawing drawing ->
                    FigurePlacer.stand(
                            place.from(0, -0.10, SIZES[drawing.kind().size() - 1]), drawing, rgb -> rgb, dice(subject));
                default -> throw new IllegalArgumentException("subjects: " + subject + " does not belong in a room");
            }
        }
    }

    /** Furniture at the sides first, then in the middle, then who stands before it. */
    private List<Subject> fromBehind() {
        return scene.subjects().stream()
                .sorted(Comparator.comparingInt(
                        subject -> !(subject instanceof Furniture) ? 2 : subject.side() == Side.CENTRE ? 1 : 0))
                .toList();
    }

    private Dice dice(Subject subject) {
        return Dice.of(scene.seed(), "drawing " + subject.side());
    }

    private double scale() {
        return Math.min(canvas.unit(), canvas.width());
    }

    private static double x(Side side) {
        return switch (side) {
            case LEFT -> -0.375;
            case CENTRE -> 0;
            case RIGHT -> 0.375;
        };
    }

    private void wall() {
        int base = room.wall().rgb();
        int tint = Rgb.mix(base, 0xFFF4E4, 0.28);
        int[] pixels = canvas.pixels();
        boolean flat = canvas.style() == Style.FLAT || canvas.style() == Style.PAPER_CUT;
        for (int y = 0; y < canvas.height(); y++) {
            double t = Math.min(1, y / (canvas.height() * EDGE));
            int rgb = flat ? tint : Rgb.mix(Rgb.shade(tint, 0.10), Rgb.lighter(tint, 0.12), t);
            Arrays.fill(pixels, y * canvas.width(), (y + 1) * canvas.width(), canvas.ground(rgb));
        }
    }

    private void floor() {
        double top = canvas.height() * EDGE;
        double height = canvas.height() - top;
        int base = switch (room.floor()) {
            case WOOD -> 0xB98252;
            case TILES -> 0xD9DCDD;
            case CARPET -> 0xA59BB4;
        };
        Rectangle2D floor = new Rectangle2D.Double(-4, top, canvas.width() + 8.0, height + 8);
        canvas.body(floor, Fill.vertical(base, Rgb.shade(base, 0.12), Rgb.lighter(base, 0.10)));
        double skirting = scale() * 0.022;
        canvas.body(new Rectangle2D.Double(-4, top - skirting, canvas.width() + 8.0, skirting), Fill.of(0xF4F0E8));
        int seam = Rgb.shade(base, 0.30);
        double middle = canvas.width() / 2.0;
        switch (room.floor()) {
            case WOOD -> seams(middle, top, scale() * 0.075, seam);
            case TILES -> {
                seams(middle, top, scale() * 0.13, seam);
                for (double t : new double[] {0.16, 0.42, 0.8}) {
                    double y = top + height * t;
                    canvas.stroke(new Line2D.Double(0, y, canvas.width(), y), canvas.ground(seam), 0.003, 0.6);
                }
            }
            case CARPET -> {}
        }
    }

    private void seams(double middle, double top, double step, int seam) {
        int count = (int) Math.ceil(canvas.width() / step) + 2;
        for (int i = -count; i <= count; i++) {
            double x = middle + (i + 0.5) * step;
            double spread = 1.9;
            canvas.stroke(
                    new Line2D.Double(x, top, middle + (x - middle) * spread, canvas.height()),
                    canvas.ground(seam),
                    0.003,
                    0.6);
        }
    }

    private void window(Sketch sketch) {
        double low = 0.335;
        double tall = Math.clamp(canvas.height() * FOOT / scale() - low - 0.06, 0.12, 0.27);
        double half = 0.17;
        sketch.body(box(-half - 0.016, low - 0.016, 2 * half + 0.032, tall + 0.032, 0.004), Fill.of(0xF7F4EC));
        Light light = Light.of(room.window(), Weather.CLEAR);
        sketch.body(
                box(-half, low, 2 * half, tall, 0), Fill.vertical(light.skyMiddle(), light.skyTop(), light.horizon()));
        Dice dice = Dice.of(scene.seed(), "window");
        boolean night = room.window() == Time.NIGHT;
        double x = dice.between(-0.09, 0.09);
        boolean rising = room.window() == Time.SUNRISE || room.window() == Time.SUNSET;
        sketch.mark(circle(x, low + tall * (rising ? 0.38 : 0.68), 0.028), night ? 0xF6F3E2 : light.source());
        if (night) {
            for (int i = 0; i < 7; i++) {
                sketch.mark(
                        circle(dice.between(-half, half) * 0.9, low + tall * dice.between(0.35, 0.95), 0.0035),
                        0xFFFFFF);
            }
        }
        int hill = light.on(0x5C9A55, 0.2);
        sketch.detail(
                new Outline()
                        .to(-half, low)
                        .to(-half, low + tall * 0.22)
                        .curve(-half * 0.4, low + tall * 0.42, 0, low + tall * 0.2)
                        .curve(half * 0.5, low + tall * 0.36, half, low + tall * 0.16)
                        .to(half, low)
                        .closed(),
                hill);
        sketch.body(box(-0.007, low, 0.014, tall, 0), Fill.of(0xF7F4EC));
        sketch.body(box(-half, low + tall * 0.5 - 0.006, 2 * half, 0.012, 0), Fill.of(0xF7F4EC));
        sketch.body(box(-half - 0.035, low - 0.036, 2 * half + 0.07, 0.022, 0.005), Fill.of(0xEFEBE1));
        curtains(sketch, half, low, tall, dice);
    }

    private void curtains(Sketch sketch, double half, double low, double tall, Dice dice) {
        Hue hue = dice.pick(Hue.WHITE, Hue.GREY, room.wall());
        int cloth = Rgb.mix(hue.rgb(), 0xFFFFFF, 0.35);
        for (int side : new int[] {-1, 1}) {
            double out = side * (half + 0.055);
            double in = side * (half - 0.045);
            sketch.body(
                    polygon(
                            out,
                            low + tall + 0.03,
                            in,
                            low + tall + 0.03,
                            side * (half - 0.005),
                            low - 0.07,
                            out,
                            low - 0.07),
                    Fill.lit(cloth));
        }
        sketch.body(box(-half - 0.085, low + tall + 0.025, 2 * half + 0.17, 0.014, 0.005), Fill.of(0x6B5140));
    }

    private void rug(Sketch sketch) {
        Dice dice = Dice.of(scene.seed(), "rug");
        int base = Rgb.mix(dice.pick(0xE6D7C3, 0xCFC6D9, 0xC9D6CF), room.wall().rgb(), 0.15);
        sketch.body(ellipse(0, -0.105, 0.33, 0.052), Fill.of(base));
        sketch.shading(ellipse(0, -0.105, 0.27, 0.038), Rgb.lighter(base, 0.35), 0.6);
    }
}
