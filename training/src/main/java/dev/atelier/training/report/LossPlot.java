package dev.atelier.training.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws a run's losses over its steps: every step as a faint dot, a running mean for each stage, and below it, where the log has
 * them, the means at each quarter of noise levels. The loss axis is logarithmic.
 */
public final class LossPlot {
    private static final int WIDTH = 1200;
    private static final int PANEL = 460;
    private static final int MAX_DOTS = 6000;
    /** Share of the largest losses that may lie above the frame: those of the first steps. */
    private static final double CUT = 0.005;
    /** From here on only powers of ten have room for their labels. */
    private static final double WIDE = 20;
    /** Of a step, too little to be seen. */
    private static final double HAIR = 0.001;

    private static final Color INK = new Color(0x22, 0x26, 0x2b);
    private static final Color GRID = new Color(0xe3, 0xe6, 0xea);
    private static final Color DOTS = new Color(0x55, 0x66, 0x77, 110);
    private static final Color[] COLOURS = {
        new Color(0x1f, 0x6f, 0xb5),
        new Color(0xd9, 0x6b, 0x12),
        new Color(0x2b, 0x8a, 0x4b),
        new Color(0xa8, 0x36, 0x8f),
        new Color(0x6b, 0x5b, 0x3e),
        new Color(0x00, 0x8b, 0x8b)
    };

    /** The losses that a panel shows, both above 0. */
    private record Range(double low, double high) {
        static Range of(double[] losses) {
            double[] sorted = Arrays.stream(losses).filter(v -> v > 0).sorted().toArray();
            return sorted.length == 0
                    ? new Range(0.1, 1)
                    : new Range(sorted[0] * 0.95, sorted[(int) ((sorted.length - 1) * (1 - CUT))] * 1.05);
        }
    }

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
        Range losses =
                Range.of(entries.stream().mapToDouble(LossLog.Entry::loss).toArray());
        XYChart all = panel("loss", losses);
        dots(all, losses, entries);
        stages(entries).forEach(curve -> add(all, losses, curve));
        List<Curve> bins = bins(entries);
        if (bins.isEmpty()) {
            return BitmapEncoder.getBufferedImage(all);
        }
        Range byNoise = Range.of(
                bins.stream().flatMapToDouble(c -> Arrays.stream(c.y())).toArray());
        XYChart quarters = panel("loss by noise level t", byNoise);
        bins.forEach(curve -> add(quarters, byNoise, curve));
        return stacked(BitmapEncoder.getBufferedImage(all), BitmapEncoder.getBufferedImage(quarters));
    }

    private static BufferedImage stacked(BufferedImage above, BufferedImage below) {
        BufferedImage image = new BufferedImage(WIDTH, 2 * PANEL, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.drawImage(above, 0, 0, null);
        g.drawImage(below, 0, PANEL, null);
        g.dispose();
        return image;
    }

    private static XYChart panel(String title, Range range) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(PANEL)
                .title(title)
                .xAxisTitle("step")
                .build();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        XYStyler style = chart.getStyler();
        style.setYAxisLogarithmic(true)
                .setYAxisLogarithmicDecadeOnly(range.high() > WIDE * range.low())
                .setYAxisMin(range.low())
                .setYAxisMax(range.high());
        style.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartTitleFont(font)
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendFont(font)
                .setLegendBorderColor(Color.WHITE);
        style.setAxisTitleFont(font).setAxisTickLabelsFont(font).setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1)).setPlotBorderColor(INK);
        return chart;
    }

    private static void dots(XYChart chart, Range range, List<LossLog.Entry> entries) {
        int stride = Math.ceilDiv(entries.size(), MAX_DOTS);
        List<LossLog.Entry> drawn = IntStream.iterate(0, i -> i < entries.size(), i -> i + stride)
                .mapToObj(entries::get)
                .toList();
        double[] steps = drawn.stream().mapToDouble(LossLog.Entry::step).toArray();
        // Steps at equal distances would be XChart's labels (1, 138, 275); at others it chooses round numbers.
        steps[0] -= HAIR;
        series(
                        chart,
                        range,
                        "each step",
                        steps,
                        drawn.stream().mapToDouble(LossLog.Entry::loss).toArray())
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.SQUARE)
                .setMarkerColor(DOTS)
                .setShowInLegend(false);
        chart.getStyler().setMarkerSize(3);
    }

    private static void add(XYChart chart, Range range, Curve curve) {
        String last = label(curve.y()[curve.y().length - 1]);
        series(chart, range, curve.name() + "  " + last, curve.x(), curve.y())
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(curve.colour())
                .setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static XYSeries series(XYChart chart, Range range, String name, double[] steps, double[] losses) {
        return chart.addSeries(
                name,
                steps,
                Arrays.stream(losses).map(loss -> Math.max(loss, range.low())).toArray());
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

    private static String label(double value) {
        return new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString();
    }
}
