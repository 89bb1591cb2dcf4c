package dev.atelier.world.render;

import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Size;
import dev.atelier.world.scene.Structure;
import dev.atelier.world.scene.Style;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Things built by people that stand, float or fly in a landscape. */
record StructurePainter(Site site, Structure structure) {
    void paint() {
        double x = site.x(structure.side());
        double ground = ground(x);
        double size = size();
        switch (structure.kind()) {
            case CABIN, HOUSE -> cabin(x, ground, size);
            case BARN -> new BuildingPainter(sketch(x, ground, size), wall(), roof(), glass()).barn();
            case TOWER -> new BuildingPainter(sketch(x, ground, size), wall(), roof(), glass()).tower();
            case CASTLE -> new BuildingPainter(sketch(x, ground, size), wall(), roof(), glass()).castle();
            case PAGODA -> new BuildingPainter(sketch(x, ground, size), wall(), roof(), glass()).pagoda();
            case SKYSCRAPER -> new BuildingPainter(sketch(x, ground, size), wall(), roof(), glass()).skyscraper();
            case TENT -> tent(x, ground, size);
            case LIGHTHOUSE -> lighthouse(x, ground, size);
            case WINDMILL -> windmill(x, ground, size);
            case SAILBOAT -> sailboat(x, size);
            case BALLOON -> balloon(x, size);
        }
    }

    private double size() {
        boolean large = structure.size() == Size.LARGE;
        double share = switch (structure.kind()) {
            case CABIN -> 0.26;
            case HOUSE -> large ? 0.56 : 0.28;
            case BARN -> large ? 0.56 : 0.28;
            case TENT -> 0.22;
            case LIGHTHOUSE -> large ? 0.76 : 0.46;
            case TOWER -> large ? 0.72 : 0.40;
            case WINDMILL -> large ? 0.68 : 0.40;
            case CASTLE -> large ? 0.62 : 0.34;
            case PAGODA -> large ? 0.74 : 0.42;
            case SKYSCRAPER -> large ? 0.78 : 0.42;
            case SAILBOAT -> 0.24;
            case BALLOON -> 0.23;
        };
        return Math.min(site.unit() * share, Math.min(site.width() * share * 1.25, site.height() * 0.82));
    }

    private Sketch sketch(double x, double ground, double size) {
        return new Sketch(site.canvas(), x, ground, size);
    }

    private double ground(double x) {
        LandPainter land = new LandPainter(site);
        return land.at(land.bankLine(), x) + site.unit() * 0.035;
    }

    private int wall() {
        return site.light().onSubject(structure.colour().rgb());
    }

    private int roof() {
        return site.light().onSubject(structure.roof().rgb());
    }

    private int glass() {
        return switch (site.landscape().time()) {
            case NIGHT, SUNSET -> 0xFFD26E;
            case DAY, SUNRISE -> 0xBFE0F0;
        };
    }

    private void shadow(double x, double y, double wide) {
        site.canvas()
                .shading(
                        new Ellipse2D.Double(x - wide * 0.6, y - wide * 0.05, wide * 1.2, wide * 0.12), 0x1A2430, 0.28);
    }

    private void cabin(double x, double y, double size) {
        Canvas canvas = site.canvas();
        double half = size * 0.5;
        double wallTop = y - size * 0.46;
        shadow(x, y, size);
        canvas.body(new Rectangle2D.Double(x - half, wallTop, size, size * 0.46), Fill.lit(wall()));
        canvas.body(
                new Rectangle2D.Double(x + half * 0.42, wallTop - size * 0.42, size * 0.12, size * 0.3),
                Fill.of(Rgb.shade(wall(), 0.25)));
        Path2D roof = new Outline()
                .to(x - half * 1.22, wallTop + size * 0.03)
                .to(x, wallTop - size * 0.42)
                .to(x + half * 1.22, wallTop + size * 0.03)
                .closed();
        canvas.body(roof, Fill.lit(roof()));
        canvas.detail(
                new Rectangle2D.Double(x - size * 0.10, y - size * 0.30, size * 0.18, size * 0.30),
                Rgb.shade(wall(), 0.5));
        canvas.detail(new Rectangle2D.Double(x - size * 0.38, y - size * 0.34, size * 0.17, size * 0.15), glass());
        canvas.detail(new Rectangle2D.Double(x + size * 0.19, y - size * 0.34, size * 0.17, size * 0.15), glass());
    }

    private void tent(double x, double y, double size) {
        Canvas canvas = site.canvas();
        shadow(x, y, size * 1.2);
        Path2D cloth = new Outline()
                .to(x - size * 0.62, y)
                .to(x, y - size * 0.74)
                .to(x + size * 0.62, y)
                .closed();
        canvas.body(cloth, Fill.lit(wall()));
        Path2D door = new Outline()
                .to(x - size * 0.17, y)
                .to(x, y - size * 0.52)
                .to(x + size * 0.17, y)
                .closed();
        canvas.detail(door, Rgb.shade(wall(), 0.6));
    }

    private void lighthouse(double x, double y, double size) {
        Canvas canvas = site.canvas();
        double low = size * 0.13;
        double high = size * 0.085;
        double top = y - size * 0.74;
        shadow(x, y, size * 0.4);
        Path2D shaft = new Outline()
                .to(x - low, y)
                .to(x - high, top)
                .to(x + high, top)
                .to(x + low, y)
                .closed();
        canvas.body(shaft, Fill.round(wall()));
        int band = structure.colour() == Hue.WHITE ? 0xD8D4CA : 0xF4F2EC;
        for (int i = 0; i < 2; i++) {
            double t = 0.25 + 0.35 * i;
            double above = y - size * 0.74 * (t + 0.13);
            double below = y - size * 0.74 * t;
            double wideLow = low + (high - low) * t;
            double wideHigh = low + (high - low) * (t + 0.13);
            canvas.shading(
                    new Outline()
                            .to(x - wideLow, below)
                            .to(x - wideHigh, above)
                            .to(x + wideHigh, above)
                            .to(x + wideLow, below)
                            .closed(),
                    site.light().onSubject(band),
                    0.95);
        }
        canvas.body(
                new Rectangle2D.Double(x - high * 1.25, top - size * 0.02, high * 2.5, size * 0.035), Fill.of(roof()));
        canvas.body(
                new Rectangle2D.Double(x - high * 0.72, top - size * 0.13, high * 1.44, size * 0.11),
                Fill.of(0xFFE9A0));
        Path2D cap = new Outline()
                .to(x - high, top - size * 0.13)
                .to(x, top - size * 0.25)
                .to(x + high, top - size * 0.13)
                .closed();
        canvas.body(cap, Fill.lit(roof()));
        if (site.canvas().style() == Style.SOFT) {
            Glow.add(canvas, x, top - size * 0.075, size * 0.28, 0xFFF0B0, 0.5);
        }
    }

    private void windmill(double x, double y, double size) {
        Canvas canvas = site.canvas();
        shadow(x, y, size * 0.5);
        Path2D tower = new Outline()
                .to(x - size * 0.19, y)
                .to(x - size * 0.11, y - size * 0.62)
                .to(x + size * 0.11, y - size * 0.62)
                .to(x + size * 0.19, y)
                .closed();
        canvas.body(tower, Fill.round(wall()));
        Path2D cap = new Outline()
                .to(x - size * 0.14, y - size * 0.61)
                .curve(x, y - size * 0.92, x + size * 0.14, y - size * 0.61)
                .closed();
        canvas.body(cap, Fill.lit(roof()));
        canvas.detail(
                new Rectangle2D.Double(x - size * 0.05, y - size * 0.17, size * 0.1, size * 0.17),
                Rgb.shade(wall(), 0.5));
        double hub = y - size * 0.66;
        for (int i = 0; i < 4; i++) {
            double angle = Math.PI / 2 * i + 0.5;
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            double reach = size * 0.46;
            double wide = size * 0.075;
            Path2D sail = new Outline()
                    .to(x + cos * size * 0.06, hub + sin * size * 0.06)
                    .to(x + cos * reach, hub + sin * reach)
                    .to(x + cos * reach - sin * wide, hub + sin * reach + cos * wide)
                    .to(x + cos * size * 0.1 - sin * wide, hub + sin * size * 0.1 + cos * wide)
                    .closed();
            canvas.body(sail, Fill.of(site.light().onSubject(0xFBF6EA)));
        }
        canvas.body(
                new Ellipse2D.Double(x - size * 0.03, hub - size * 0.03, size * 0.06, size * 0.06), Fill.of(0x5A4636));
    }

    private void sailboat(double x, double size) {
        Canvas canvas = site.canvas();
        double span = site.bank() > site.height() ? site.height() - site.horizon() : site.bank() - site.horizon();
        double y = site.horizon() + span * 0.42;
        canvas.solid(
                new Ellipse2D.Double(x - size * 0.5, y + size * 0.01, size, size * 0.10),
                Rgb.shade(site.light().skyTop(), 0.5),
                0.35);
        canvas.solid(
                new Outline()
                        .to(x - size * 0.22, y + size * 0.07)
                        .to(x, y + size * 0.42)
                        .to(x + size * 0.3, y + size * 0.07)
                        .closed(),
                canvas.ground(wall()),
                0.30);
        Path2D hull = new Outline()
                .to(x - size * 0.46, y - size * 0.10)
                .to(x + size * 0.48, y - size * 0.10)
                .curve(x + size * 0.36, y + size * 0.08, x + size * 0.22, y + size * 0.08)
                .to(x - size * 0.30, y + size * 0.08)
                .closed();
        Path2D main = new Outline()
                .to(x + size * 0.02, y - size * 0.95)
                .curve(x + size * 0.34, y - size * 0.5, x + size * 0.40, y - size * 0.16)
                .to(x + size * 0.02, y - size * 0.16)
                .closed();
        Path2D jib = new Outline()
                .to(x - size * 0.03, y - size * 0.82)
                .to(x - size * 0.03, y - size * 0.16)
                .to(x - size * 0.38, y - size * 0.16)
                .closed();
        canvas.line(new Outline().to(x, y - size * 0.1).to(x, y - size).open(), 0x5A4030, 0.005);
        canvas.body(main, Fill.lit(wall()));
        canvas.body(jib, Fill.lit(Rgb.lighter(wall(), 0.25)));
        canvas.body(hull, Fill.lit(site.light().onSubject(0x7A4A2E)));
    }

    private void balloon(double x, double size) {
        Canvas canvas = site.canvas();
        double y = site.horizon() * 0.28;
        double radius = size * 0.5;
        Path2D envelope = new Outline()
                .to(x - radius * 0.22, y + radius * 1.32)
                .curve(x - radius * 0.55, y + radius * 0.9, x - radius, y + radius * 0.55, x - radius, y)
                .curve(x - radius, y - radius * 1.3, x + radius, y - radius * 1.3, x + radius, y)
                .curve(
                        x + radius,
                        y + radius * 0.55,
                        x + radius * 0.55,
                        y + radius * 0.9,
                        x + radius * 0.22,
                        y + radius * 1.32)
                .closed();
        canvas.line(
                new Outline()
                        .to(x - radius * 0.2, y + radius * 1.3)
                        .to(x - radius * 0.14, y + radius * 1.62)
                        .open(),
                0x5A4030,
                0.003);
        canvas.line(
                new Outline()
                        .to(x + radius * 0.2, y + radius * 1.3)
                        .to(x + radius * 0.14, y + radius * 1.62)
                        .open(),
                0x5A4030,
                0.003);
        canvas.body(envelope, Fill.round(wall()));
        Path2D gore = new Outline()
                .to(x - radius * 0.09, y + radius * 1.32)
                .curve(x - radius * 0.5, y + radius * 0.4, x - radius * 0.42, y - radius * 0.6, x, y - radius * 0.97)
                .curve(
                        x + radius * 0.42,
                        y - radius * 0.6,
                        x + radius * 0.5,
                        y + radius * 0.4,
                        x + radius * 0.09,
                        y + radius * 1.32)
                .closed();
        canvas.shading(gore, Rgb.lighter(wall(), 0.45), 0.75);
        canvas.body(
                new Rectangle2D.Double(x - radius * 0.2, y + radius * 1.6, radius * 0.4, radius * 0.3),
                Fill.of(0x8A5A35));
    }
}
