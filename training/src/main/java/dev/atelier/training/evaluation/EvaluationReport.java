package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import java.util.List;

/**
 * What an evaluation found.
 *
 * @param model the model's name
 * @param side pixels a side of its pictures
 * @param seconds that all of it took, a probe's training not counted
 * @param rows for a contact sheet
 */
public record EvaluationReport(
        String model, EvaluationSettings settings, int side, double seconds, List<Measure> measures, List<Row> rows) {
    /**
     * Pictures beside what was asked for.
     *
     * @param words the prompt or instruction
     * @param titles what each picture is
     */
    public record Row(Part part, String words, List<String> titles, List<Picture> pictures) {
        public Row {
            titles = List.copyOf(titles);
            pictures = List.copyOf(pictures);
        }
    }

    public EvaluationReport {
        measures = List.copyOf(measures);
        rows = List.copyOf(rows);
    }
}
