package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Trees;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Single trees, their feet at a given point. */
record TreePainter(Site site) {

    void paint(Trees kind, Dice dice, double x, double y, double height, double distance) {
        switch (kind) {
            case NONE -> {}
            case PINES -> pine(dice, x, y, height, distance);
            case BROADLEAF -> broadleaf(dice, x, y, height, distance);
            case PALMS -> palm(dice, x, y, height, distance);
            case CACTI -> cactus(dice, x, y, height, distance);
        }
    }

    private void pine(Dice dice, double x, double y, double height, double distance) {
        double half = height * dice.between(0.20, 0.26);
        Outline outline = new Outline().to(x, y - height);
        int tiers = 4;
        for (int i = 1; i <= tiers; i++) {
            double low = y - height + height * 0.9 * i / tiers;
            double reach = half * (0.32 + 0.68 * i / tiers);
            outline.to(x + reach, low);
            if (i < tiers) {
                outline.to(x + reach * 0.52, low - height * 0.03);
            }
        }
        outline.to(x + height * 0.03, y - height * 0.10)
                .to(x + height * 0.03, y)
                .to(x - height * 0.03, y);
        outline.to(x - height * 0.03, y - height * 0.10);
        for (int i = tiers; i >= 1; i--) {
            double low = y - height + height * 0.9 * i / tiers;
            double reach = half * (0.32 + 0.68 * i / tiers);
            outline.to(x - reach, low);
            if (i > 1) {
                double above = y - height + height * 0.9 * (i - 1) / tiers;
                outline.to(x - half * (0.32 + 0.68 * (i - 1) / tiers) * 0.52, above - height * 0.03);
            }
        }
        Path2D shape = outline.closed();
        int base = Rgb.mix(site.needles(), dice.pick(0x1E4A3A, 0x5C8F57, 0x2E6B62), 0.22);
        int lit = site.light().on(Rgb.lighter(base, 0.10), distance);
        int low = site.light().on(Rgb.shade(base, 0.35), distance);
        site.canvas().body(shape, Fill.vertical(Rgb.mix(lit, low, 0.4), lit, low));
        if (site.snowy() && height > site.unit() * 0.04) {
            Path2D cap = new Outline()
                    .to(x, y - height)
                    .to(x + half * 0.42, y - height * 0.72)
                    .to(x + half * 0.1, y - height * 0.77)
                    .to(x - half * 0.15, y - height * 0.70)
                    .to(x - half * 0.42, y - height * 0.74)
                    .closed();
            site.canvas().shading(cap, site.light().on(0xFFFFFF, distance), 0.95);
        }
    }

    private void broadleaf(Dice dice, double x, double y, double height, double distance) {
        Canvas canvas = site.canvas();
        int bark = site.light().on(0x6B4A35, distance);
        double trunk = height * 0.07;
        canvas.body(new Rectangle2D.Double(x - trunk / 2, y - height * 0.45, trunk, height * 0.45), Fill.of(bark));
        int base = Rgb.mix(site.leaves(), dice.pick(0xFFFFFF, 0xF0C040, 0x2A5A40), 0.10);
        int lit = site.light().on(Rgb.lighter(base, 0.16), distance);
        int low = site.light().on(Rgb.shade(base, 0.28), distance);
        double radius = height * 0.33;
        Ellipse2D crown = new Ellipse2D.Double(x - radius, y - height, radius * 2, height * 0.72);
        canvas.body(crown, Fill.vertical(Rgb.mix(lit, low, 0.35), lit, low));
        double glint = radius * 0.9;
        double side = site.lightSign() * radius * 0.28;
        canvas.shading(
                new Ellipse2D.Double(x + side - glint / 2, y - height * 0.93, glint, height * 0.34),
                Rgb.lighter(lit, 0.25),
                0.45);
    }

    private void palm(Dice dice, double x, double y, double height, double distance) {
        Canvas canvas = site.canvas();
        double lean = height * dice.between(-0.22, 0.22);
        double topX = x + lean;
        double topY = y - height * 0.86;
        Path2D trunk = new Outline()
                .to(x - height * 0.035, y)
                .curve(x + lean * 0.15, y - height * 0.5, topX - height * 0.018, topY)
                .to(topX + height * 0.018, topY)
                .curve(x + lean * 0.15 + height * 0.06, y - height * 0.5, x + height * 0.035, y)
                .closed();
        canvas.body(trunk, Fill.of(site.light().on(0x8A6242, distance)));
        int leaf = site.light().on(0x2F8F55, distance);
        for (int i = 0; i < 7; i++) {
            double angle = Math.PI * (0.02 + i * 0.16) + dice.between(-0.08, 0.08);
            double reach = height * dice.between(0.34, 0.42);
            double endX = topX - Math.cos(angle) * reach;
            double endY = topY - Math.sin(angle) * reach * 0.55 + reach * 0.38;
            double riseX = topX - Math.cos(angle) * reach * 0.5;
            double riseY = topY - Math.sin(angle) * reach * 0.62 - reach * 0.10;
            Path2D frond = new Outline()
                    .to(topX, topY)
                    .curve(riseX, riseY, endX, endY)
                    .curve(riseX, riseY + reach * 0.26, topX, topY)
                    .closed();
            canvas.body(frond, Fill.vertical(leaf, Rgb.lighter(leaf, 0.12), Rgb.shade(leaf, 0.25)));
        }
    }

    private void cactus(Dice dice, double x, double y, double height, double distance) {
        double wide = height * 0.17;
        int green = site.light().on(0x3F8F5C, distance);
        Path2D shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
        Area area = new Area(column(x, y, wide, height));
        arm(area, x, y - height * dice.between(0.34, 0.46), wide * 0.72, height * 0.30, -1);
        arm(area, x, y - height * dice.between(0.44, 0.56), wide * 0.72, height * 0.26, 1);
        shape.append(area, false);
        site.canvas().body(shape, Fill.round(green));
    }

    private static void arm(Area body, double x, double y, double wide, double height, int side) {
        double out = wide * 2.1;
        double left = side < 0 ? x - out : x;
        body.add(new Area(new RoundRectangle2D.Double(left, y - wide, out, wide, wide, wide)));
        body.add(new Area(column(x + side * (out - wide / 2), y, wide, height)));
    }

    private static RoundRectangle2D column(double x, double y, double wide, double height) {
        return new RoundRectangle2D.Double(x - wide / 2, y - height, wide, height, wide, wide);
    }
}
