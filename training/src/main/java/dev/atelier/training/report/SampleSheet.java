package dev.atelier.training.report;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A grid of what a model folder makes of fixed prompts, so that two sheets of a run compare. Under each picture stand its number and
 * prompt, in the system's sans-serif font; letters which that lacks are boxes.
 */
public final class SampleSheet {
    /** Pixels a side of a picture on the sheet at most. */
    private static final int CELL = 256;

    private static final int GAP = 12;
    private static final int LABEL_LINES = 3;
    private static final int LINE = 17;
    private static final int FONT_SIZE = 13;

    /** A picture and what stands under it. */
    public record Sample(String label, Picture picture) {}

    private SampleSheet() {}

    /**
     * Loads {@code model} through the engine's pipeline, makes one picture a prompt in the model's default size, steps and guidance
     * (the i-th prompt, from 0, with seed i + 1), closes the model and writes the sheet.
     *
     * @throws dev.atelier.engine.tensor.EngineException when the folder is no model or its pictures are not numbers
     */
    public static void write(Path model, List<String> prompts, EngineOptions options, Path png) {
        if (prompts.isEmpty()) {
            throw new IllegalArgumentException("prompts: none given; a sheet needs one or more");
        }
        List<Sample> samples = new ArrayList<>();
        try (Flux2Pipeline pipeline = Flux2Pipeline.open(model, options)) {
            for (int i = 0; i < prompts.size(); i++) {
                ImageRequest request = ImageRequest.of(prompts.get(i), i + 1L);
                Picture picture = pipeline.generate(request, GenerationListener.NONE, Cancellation.none())
                        .getFirst()
                        .picture();
                samples.add(new Sample((i + 1) + ". " + prompts.get(i), picture));
            }
        }
        write(samples, (int) Math.ceil(Math.sqrt(samples.size())), png);
    }

    /** Writes {@code samples} row by row, one or more. */
    public static void write(List<Sample> samples, int columns, Path png) {
        try {
            PngFiles.write(sheet(samples, columns), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage sheet(List<Sample> samples, int columns) {
        int rows = Math.ceilDiv(samples.size(), columns);
        int height = CELL + LABEL_LINES * LINE + GAP;
        BufferedImage out = new BufferedImage(
                GAP + columns * (CELL + GAP), GAP + rows * (height + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, out.getWidth(), out.getHeight());
            for (int i = 0; i < samples.size(); i++) {
                int x = GAP + i % columns * (CELL + GAP);
                int y = GAP + i / columns * (height + GAP);
                draw(g, samples.get(i), x, y);
            }
        } finally {
            g.dispose();
        }
        return out;
    }

    private static void draw(Graphics2D g, Sample sample, int x, int y) {
        BufferedImage image = sample.picture().toImage();
        double scale = Math.min(1.0, (double) CELL / Math.max(image.getWidth(), image.getHeight()));
        int width = (int) Math.round(image.getWidth() * scale);
        int height = (int) Math.round(image.getHeight() * scale);
        g.drawImage(image, x + (CELL - width) / 2, y + (CELL - height) / 2, width, height, null);
        g.setColor(Color.DARK_GRAY);
        List<String> lines = lines(sample.label(), g.getFontMetrics());
        for (int i = 0; i < lines.size(); i++) {
            g.drawString(lines.get(i), x, y + CELL + (i + 1) * LINE);
        }
    }

    /** The label broken where a line is full, between words if there are any (Chinese has none). */
    private static List<String> lines(String label, FontMetrics metrics) {
        List<String> out = new ArrayList<>();
        String rest = label;
        while (!rest.isEmpty() && out.size() < LABEL_LINES) {
            int end = rest.length();
            while (end > 1 && metrics.stringWidth(rest.substring(0, end)) > CELL) {
                end--;
            }
            int space = rest.lastIndexOf(' ', end);
            if (end < rest.length() && space > 0) {
                end = space;
            }
            out.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        return out;
    }
}
