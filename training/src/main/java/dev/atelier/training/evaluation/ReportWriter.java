package dev.atelier.training.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/** A report as a Markdown table, and as a folder: {@code evaluation.md}, {@code evaluation.json}, {@code sheet.png}. */
public final class ReportWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportWriter() {}

    /** One row a measure. */
    public static String table(EvaluationReport report) {
        StringBuilder out = new StringBuilder(
                "| part | measure | model | true pictures | share | of |\n|---|---|--:|--:|--:|--:|\n");
        for (Measure measure : report.measures()) {
            out.append(String.join(
                            " | ",
                            "| " + measure.part().label(),
                            measure.name(),
                            number(measure.value(), measure.unit()),
                            number(measure.reference(), measure.unit()),
                            number(measure.share(), Measure.Unit.AGREEMENT),
                            measure.count() + " |"))
                    .append('\n');
        }
        return out.toString();
    }

    private static String number(double value, Measure.Unit unit) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return switch (unit) {
            case AGREEMENT, COSINE -> String.format(Locale.ROOT, "%.2f", value);
            case DECIBEL -> String.format(Locale.ROOT, "%.1f dB", value);
            case DISTANCE -> String.format(Locale.ROOT, "%.3g", value);
        };
    }

    /** The settings, the table and the words of the contact sheet's rows. */
    public static String markdown(EvaluationReport report) {
        EvaluationSettings settings = report.settings();
        StringBuilder out = new StringBuilder("# Evaluation of " + report.model() + "\n");
        out.append(String.format(
                Locale.ROOT,
                "Held-out scenes of %s, %d captions a family, seed %d, %s steps, guidance %s, %dx%d pixels; %.0f seconds.%n%n",
                settings.families(),
                settings.count(),
                settings.seed(),
                settings.steps() == 0 ? "the model's" : Integer.toString(settings.steps()),
                settings.guidance() < 0 ? "the model's" : Double.toString(settings.guidance()),
                report.side(),
                report.side(),
                report.seconds()));
        out.append(table(report)).append("\n## Rows of the contact sheet\n");
        for (int i = 0; i < report.rows().size(); i++) {
            EvaluationReport.Row row = report.rows().get(i);
            out.append(i + 1)
                    .append(". ")
                    .append(row.part().label())
                    .append(": ")
                    .append(row.words())
                    .append('\n');
        }
        return out.toString();
    }

    /** The same figures for programs; figures that are no numbers are null. */
    public static String json(EvaluationReport report) {
        EvaluationSettings settings = report.settings();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", report.model());
        out.put("families", settings.families());
        out.put("count", settings.count());
        out.put("seed", settings.seed());
        out.put("steps", settings.steps() == 0 ? null : settings.steps());
        out.put("guidance", settings.guidance() < 0 ? null : settings.guidance());
        out.put("side", report.side());
        out.put("seconds", report.seconds());
        out.put("measures", report.measures().stream().map(ReportWriter::fields).toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(out);
    }

    private static Map<String, Object> fields(Measure measure) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("part", measure.part().label());
        out.put("name", measure.name());
        out.put("unit", measure.unit().name().toLowerCase(Locale.ROOT));
        out.put("value", finite(measure.value()));
        out.put("true_pictures", finite(measure.reference()));
        out.put("share", finite(measure.share()));
        out.put("count", measure.count());
        return out;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Writes the three files; those of an earlier evaluation are replaced. */
    public static void write(EvaluationReport report, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("evaluation.md"), markdown(report));
            Files.writeString(folder.resolve("evaluation.json"), json(report));
            if (!report.rows().isEmpty()) {
                Files.write(folder.resolve("sheet.png"), sheet(report));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sheet(EvaluationReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(ContactSheet.draw(report.rows()), "png", out)) {
            throw new IOException("this Java writes no PNG");
        }
        return out.toByteArray();
    }
}
