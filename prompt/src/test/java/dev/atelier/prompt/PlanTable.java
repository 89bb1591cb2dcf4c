package dev.atelier.prompt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Requests and the plan that each must give, read from a table; see the head of {@code requests.psv} for its columns. */
public final class PlanTable {
    private PlanTable() {}

    /** One request of the table with what its plan must be; "-" leaves a column open. */
    public record Row(
            int references,
            Task task,
            int pictures,
            Shape shape,
            String referencesOfShots,
            Words words,
            String prompt) {
        /** Differences between this row and {@code plan}, in words; empty when the plan is right. */
        public List<String> differences(GenerationPlan plan) {
            List<String> wrong = new ArrayList<>();
            if (plan.task() != task) {
                wrong.add("task " + plan.task() + ", not " + task);
            }
            if (plan.shots().size() != pictures) {
                wrong.add(plan.shots().size() + " pictures, not " + pictures);
            }
            shape.check(plan.size(), references > 0, wrong);
            List<String> own = plan.shots().stream()
                    .map(shot -> String.join(
                            ",",
                            shot.references().stream()
                                    .map(index -> "" + (index + 1))
                                    .toList()))
                    .toList();
            List<String> expected = referencesOfShots.equals("-")
                    ? IntStream.range(0, own.size()).mapToObj(i -> "").toList()
                    : Arrays.asList(referencesOfShots.split(";"));
            if (!own.equals(expected)) {
                wrong.add("references " + own + ", not " + expected);
            }
            words.check(plan.shots(), wrong);
            return wrong;
        }

        public GenerationRequest request() {
            List<String> names = IntStream.rangeClosed(1, references)
                    .mapToObj(i -> "upload-" + i)
                    .toList();
            return GenerationRequest.of("seedling-1", prompt).withReferences(References.of(names));
        }

        @Override
        public String toString() {
            return references + " references: " + prompt;
        }
    }

    /** The aspect and the size columns. */
    public record Shape(String aspect, String size) {
        private static final double NATIVE = 512.0;

        void check(PlannedSize planned, boolean edited, List<String> wrong) {
            boolean named = size.contains("x");
            double side = size.endsWith("K") ? 1024.0 * (size.charAt(0) - '0') : NATIVE;
            double ratio = named ? ratio(size, "x") : aspect.equals("-") ? 1 : ratio(aspect, ":");
            boolean open = edited && aspect.equals("-") && !named;
            double pixels = named ? Math.pow(Math.sqrt(area(size)), 2) : side * side;
            if (open != planned.open()) {
                wrong.add("size " + planned + (open ? " does not" : " does") + " follow the reference");
            } else if (!open && Math.abs(Math.log(planned.width() / (ratio * planned.height()))) > 0.06) {
                wrong.add(String.format(Locale.ROOT, "shape %dx%d, not %s", planned.width(), planned.height(), aspect));
            }
            if (Math.abs(Math.log(planned.pixels() / pixels)) > 0.05) {
                wrong.add("area " + planned.pixels() + ", not " + size);
            }
        }

        private static double ratio(String text, String separator) {
            String[] sides = text.split(separator);
            return Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]);
        }

        private static double area(String text) {
            String[] sides = text.split("x");
            return Double.parseDouble(sides[0]) * Double.parseDouble(sides[1]);
        }
    }

    /** Words that the prompts of all shots, and of each shot, must hold. */
    public record Words(String every, String differing) {
        /** What cutting and joining must not leave: a joint at an end, an empty or a torn bracket, marks in a row. */
        private static final Pattern DAMAGED = Pattern.compile("^[,.;:、，。；：)\\]）】]|^(?:and|or|of|和|与|以及)\\s"
                + "|[,;:、，；：(\\[（【-]$|\\s(?:and|or|of|then|with|the|an?|to|as|in)$|[(\\[（【]\\s*[)\\]）】]"
                + "|[,，、；;]\\s*[,，、；;.。]|^[^(（]*[)）]|[(（][^)）]*$|\\s[,.;:]");

        void check(List<Shot> shots, List<String> wrong) {
            List<String> parts = differing.equals("-") ? List.of() : Arrays.asList(differing.split(";"));
            for (int k = 0; k < shots.size(); k++) {
                String prompt = shots.get(k).prompt().toLowerCase(Locale.ROOT);
                String name = "shot " + (k + 1) + ": " + prompt;
                for (String words : every.equals("-") ? new String[0] : every.split(" && ")) {
                    checkOne(prompt, words, name, wrong);
                }
                if (k < parts.size()) {
                    checkOne(prompt, parts.get(k), name, wrong);
                }
                if (shots.size() > 1 && DAMAGED.matcher(prompt).find()) {
                    wrong.add("damaged " + name);
                }
            }
        }

        private static void checkOne(String prompt, String words, String name, List<String> wrong) {
            boolean unwanted = words.startsWith("!");
            String wanted = words.substring(unwanted ? 1 : 0).toLowerCase(Locale.ROOT);
            if (prompt.contains(wanted) == unwanted) {
                wrong.add((unwanted ? "unwanted \"" : "missing \"") + wanted + "\" in " + name);
            }
        }
    }

    /** The rows of a table on the class path, beside this class. */
    public static List<Row> read(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PlanTable.class.getResourceAsStream(name), name), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(PlanTable::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split(" \\| ", 9);
        Task task = cells[1].equals("text") ? Task.TEXT_TO_IMAGE : Task.valueOf(cells[1].toUpperCase(Locale.ROOT));
        return new Row(
                Integer.parseInt(cells[0]),
                task,
                Integer.parseInt(cells[2]),
                new Shape(cells[3], cells[4]),
                cells[5],
                new Words(cells[6], cells[7]),
                cells[8]);
    }
}
