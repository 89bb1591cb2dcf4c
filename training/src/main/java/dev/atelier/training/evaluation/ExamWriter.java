package dev.atelier.training.evaluation;

import dev.atelier.training.report.SampleSheet;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An exam's report as a Markdown table, and as a folder: {@code EXAM.md}, {@code EXAM.json}, {@code EXAM.png}. */
public final class ExamWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    /** Questions on a sheet at most. */
    private static final int SHOWN = 150;
    /** Pictures side by side on a sheet. */
    private static final int COLUMNS = 12;

    private ExamWriter() {}

    /** One row a group, the last of all: how many of the answers judged are right. */
    public static String table(ExamReport report) {
        StringBuilder out = new StringBuilder("| " + report.exam().label());
        report.models().forEach(model -> out.append(" | ").append(model.model()));
        out.append(report.ceilings().isEmpty() ? " |\n|---" : " | true pictures |\n|---|--:");
        report.models().forEach(_ -> out.append("|--:"));
        out.append("|\n");
        List<String> groups = new ArrayList<>(report.groups());
        groups.add("");
        for (String group : groups) {
            out.append("| ").append(group.isEmpty() ? "all" : group);
            for (ExamReport.Answers model : report.models()) {
                out.append(" | ").append(share(report.right(model, group), report.judged(model, group)));
            }
            if (!report.ceilings().isEmpty()) {
                Double ceiling = report.ceilings().get(group);
                out.append(" | ").append(ceiling == null ? "–" : String.format(Locale.ROOT, "%.2f", ceiling));
            }
            out.append(" |\n");
        }
        return out.toString();
    }

    private static String share(int right, int judged) {
        return judged == 0
                ? "–"
                : String.format(Locale.ROOT, "%.2f (%d of %d)", (double) right / judged, right, judged);
    }

    static String markdown(ExamReport report) {
        StringBuilder out = new StringBuilder("# Exam: " + report.exam().label() + "\n");
        out.append("Question k, from 1, has the seed ")
                .append(report.seed())
                .append(" + k - 1. Judged by ")
                .append(report.judge())
                .append(".\n\n")
                .append(table(report))
                .append("\n| | prompt | wanted");
        report.models().forEach(model -> out.append(" | ").append(model.model()));
        out.append(" |\n|--:|---|---");
        report.models().forEach(_ -> out.append("|---"));
        out.append("|\n");
        for (int i = 0; i < report.questions().size(); i++) {
            ExamQuestion question = report.questions().get(i);
            out.append("| ")
                    .append(i + 1)
                    .append(" | ")
                    .append(question.prompt())
                    .append(" | ")
                    .append(question.wanted().isEmpty() ? "–" : question.wanted());
            for (ExamReport.Answers model : report.models()) {
                out.append(" | ").append(words(model.answers().get(i)));
            }
            out.append(" |\n");
        }
        return out.toString();
    }

    private static String words(ExamReport.Answer answer) {
        String said = answer.said().replace("|", "/");
        return answer.verdict().label() + (said.isEmpty() ? "" : " (" + said + ")");
    }

    static String json(ExamReport report) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("exam", report.exam().name().toLowerCase(Locale.ROOT));
        out.put("seed", report.seed());
        out.put("judge", report.judge());
        out.put("true_pictures", report.ceilings());
        List<Map<String, Object>> models = new ArrayList<>();
        for (ExamReport.Answers model : report.models()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("model", model.model());
            one.put("right", report.right(model, ""));
            one.put("judged", report.judged(model, ""));
            one.put(
                    "verdicts",
                    model.answers().stream()
                            .map(a -> a.verdict().name().toLowerCase(Locale.ROOT))
                            .toList());
            models.add(one);
        }
        out.put("models", models);
        out.put("prompts", report.questions().stream().map(ExamQuestion::prompt).toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(out);
    }

    /** Writes the three files; those of an earlier exam of the same name are replaced. */
    public static void write(ExamReport report, Path folder) {
        String name = report.exam().name().toLowerCase(Locale.ROOT).replace('_', '-');
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".md"), markdown(report));
            Files.writeString(folder.resolve(name + ".json"), json(report));
            List<SampleSheet.Sample> samples = samples(report);
            int models = report.models().size();
            int columns = Math.max(models, COLUMNS / models * models);
            SampleSheet.write(samples, Math.min(columns, samples.size()), folder.resolve(name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answers of all models to a question stand beside each other. */
    private static List<SampleSheet.Sample> samples(ExamReport report) {
        List<SampleSheet.Sample> out = new ArrayList<>();
        for (int i = 0; i < Math.min(SHOWN, report.questions().size()); i++) {
            for (ExamReport.Answers model : report.models()) {
                ExamReport.Answer answer = model.answers().get(i);
                String title = (i + 1) + ". " + (report.models().size() > 1 ? model.model() + ", " : "")
                        + answer.verdict().label() + ": ";
                String prompt = report.questions().get(i).prompt();
                String shown = FONT.canDisplayUpTo(prompt) < 0 ? prompt : "(words in the .md)";
                out.add(new SampleSheet.Sample(title + shown, answer.picture()));
            }
        }
        return out;
    }
}
