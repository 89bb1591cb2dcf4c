package dev.atelier.training.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Draws a run's losses over its steps: every step as a faint dot, a running mean for each stage, and below it, where the log has
 * them, the means at each quarter of noise levels. The loss axis is logarithmic.
 */
public final class LossPlot {
    private static final int WIDTH = 1200;
    private static final int PANEL = 460;
    private static final int LEFT = 90;
    private static final int RIGHT = 190;
    private static final int TOP = 46;
    private static final int BOTTOM = 56;
    private static final int X_TICKS = 8;
    private static final int Y_TICKS = 7;
    private static final int MAX_DOTS = 6000;
    /** Share of the largest losses that may lie above the frame: those of the first steps. */
    private static final double CUT = 0.005;

    private static final Color INK = new Color(0x22, 0x26, 0x2b);
    private static final Color GRID = new Color(0xe3, 0xe6, 0xea);
    private static final Color[] COLOURS = {
        new Color(0x1f, 0x6f, 0xb5),
        new Color(0xd9, 0x6b, 0x12),
        new Color(0x2b, 0x8a, 0x4b),
        new Color(0xa8, 0x36, 0x8f),
        new Color(0x6b, 0x5b, 0x3e),
        new Color(0x00, 0x8b, 0x8b)
    };

    private record Panel(String title, double top, Axis x, Axis y) {}

    private LossPlot() {}

    /**
     * Draws {@code log} (a {@code log.jsonl}) into {@code png}, replacing it at once.
     *
     * @return whether there were two steps or more, without which nothing is drawn
     */
    public static boolean draw(Path log, Path png) {
        List<LossLog.Entry> entries = LossLog.read(log);
        if (entries.size() < 2) {
            return false;
        }
        try {
            PngFiles.write(draw(entries), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private static BufferedImage draw(List<LossLog.Entry> entries) {
        List<Curve> bins = bins(entries);
        BufferedImage image = new BufferedImage(WIDTH, bins.isEmpty() ? PANEL : 2 * PANEL, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, image.getWidth(), image.getHeight());
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
            Panel losses = panel(
                    "loss",
                    0,
                    entries,
                    entries.stream().mapToDouble(LossLog.Entry::loss).toArray());
            frame(g, losses);
            dots(g, losses, entries);
            curves(g, losses, stages(entries));
            if (!bins.isEmpty()) {
                double[] all =
                        bins.stream().flatMapToDouble(c -> Arrays.stream(c.y())).toArray();
                Panel byNoise = panel("loss by noise level t", PANEL, entries, all);
                frame(g, byNoise);
                curves(g, byNoise, bins);
            }
        } finally {
            g.dispose();
        }
        return image;
    }

    private static Panel panel(String title, double top, List<LossLog.Entry> entries, double[] values) {
        double[] sorted = Arrays.stream(values).filter(v -> v > 0).sorted().toArray();
        double low = sorted.length == 0 ? 0.1 : sorted[0];
        double high = sorted.length == 0 ? 1 : sorted[(int) ((sorted.length - 1) * (1 - CUT))];
        Axis y = new Axis(low * 0.95, high * 1.05, true, top + PANEL - BOTTOM, top + TOP);
        Axis x = new Axis(entries.getFirst().step(), entries.getLast().step(), false, LEFT, WIDTH - RIGHT);
        return new Panel(title, top, x, y);
    }

    private static void frame(Graphics2D g, Panel panel) {
        Axis x = panel.x();
        Axis y = panel.y();
        for (double tick : x.ticks(X_TICKS)) {
            double at = x.pixel(tick);
            line(g, GRID, at, y.from(), at, y.to());
            text(g, Axis.label(tick), at, y.from() + 22, 0.5);
        }
        for (double tick : y.ticks(Y_TICKS)) {
            double at = y.pixel(tick);
            line(g, GRID, x.from(), at, x.to(), at);
            text(g, Axis.label(tick), x.from() - 10, at + 5, 1);
        }
        g.setColor(INK);
        g.draw(new Rectangle2D.Double(x.from(), y.to(), x.to() - x.from(), y.from() - y.to()));
        text(g, panel.title(), x.from(), panel.top() + 30, 0);
        text(g, "step", (x.from() + x.to()) / 2, y.from() + 44, 0.5);
    }

    private static void dots(Graphics2D g, Panel panel, List<LossLog.Entry> entries) {
        g.setColor(new Color(0x55, 0x66, 0x77, 110));
        int stride = Math.ceilDiv(entries.size(), MAX_DOTS);
        for (int i = 0; i < entries.size(); i += stride) {
            LossLog.Entry entry = entries.get(i);
            double x = panel.x().pixel(entry.step());
            double y = panel.y().pixel(Math.max(entry.loss(), panel.y().low()));
            g.fill(new Rectangle2D.Double(x - 1.5, y - 1.5, 3, 3));
        }
    }

    private static void curves(Graphics2D g, Panel panel, List<Curve> curves) {
        Shape outside = g.getClip();
        g.clip(new Rectangle2D.Double(
                panel.x().from(),
                panel.y().to(),
                panel.x().to() - panel.x().from(),
                panel.y().from() - panel.y().to()));
        g.setStroke(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Curve curve : curves) {
            Path2D path = new Path2D.Double();
            for (int i = 0; i < curve.x().length; i++) {
                double x = panel.x().pixel(curve.x()[i]);
                double y = panel.y().pixel(curve.y()[i]);
                if (i == 0) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
            g.setColor(curve.colour());
            g.draw(path);
        }
        g.setClip(outside);
        double at = panel.y().to() + 14;
        for (Curve curve : curves) {
            g.setColor(curve.colour());
            g.fill(new Rectangle2D.Double(panel.x().to() + 16, at - 8, 14, 6));
            String last = Axis.label(curve.y()[curve.y().length - 1]);
            text(g, curve.name() + "  " + last, panel.x().to() + 38, at, 0);
            at += 22;
        }
        g.setStroke(new BasicStroke(1f));
    }

    private static List<Curve> stages(List<LossLog.Entry> entries) {
        Map<String, List<LossLog.Entry>> byStage = new LinkedHashMap<>();
        entries.forEach(
                e -> byStage.computeIfAbsent(e.stage(), _ -> new ArrayList<>()).add(e));
        List<Curve> out = new ArrayList<>();
        byStage.forEach((stage, of) -> out.add(Curve.smoothed(
                stage,
                COLOURS[out.size() % COLOURS.length],
                of.stream().mapToDouble(LossLog.Entry::step).toArray(),
                of.stream().mapToDouble(LossLog.Entry::loss).toArray())));
        return out;
    }

    private static List<Curve> bins(List<LossLog.Entry> entries) {
        int count = entries.stream().mapToInt(e -> e.byNoise().length).max().orElse(0);
        return IntStream.range(0, count)
                .mapToObj(bin -> {
                    List<LossLog.Entry> of = entries.stream()
                            .filter(e -> bin < e.byNoise().length && Double.isFinite(e.byNoise()[bin]))
                            .toList();
                    return Curve.smoothed(
                            String.format(Locale.ROOT, "t %.2f to %.2f", (double) bin / count, (bin + 1.0) / count),
                            COLOURS[bin % COLOURS.length],
                            of.stream().mapToDouble(LossLog.Entry::step).toArray(),
                            of.stream().mapToDouble(e -> e.byNoise()[bin]).toArray());
                })
                .filter(c -> c.x().length > 0)
                .toList();
    }

    private static void line(Graphics2D g, Color colour, double x1, double y1, double x2, double y2) {
        g.setColor(colour);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** @param before share of the text's width that lies left of {@code x} */
    private static void text(Graphics2D g, String text, double x, double y, double before) {
        g.setColor(INK);
        double width = g.getFontMetrics().stringWidth(text);
        g.drawString(text, (float) (x - before * width), (float) y);
    }
}
