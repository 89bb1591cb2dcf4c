package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import java.util.ArrayList;
import java.util.List;

/** What a part found. Not thread-safe. */
final class Findings {
    private final Part part;
    private final List<Measure> measures = new ArrayList<>();
    private final List<EvaluationReport.Row> rows = new ArrayList<>();

    Findings(Part part) {
        this.part = part;
    }

    /** How often something is right; left out when it was never asked. */
    void agreement(String name, Tally model, Tally truth) {
        if (model.trials() > 0) {
            measure(name, Measure.Unit.AGREEMENT, model.share(), truth.share(), model.trials());
        }
    }

    /** Agreement in all and by group. */
    void agreements(Agreement model, Agreement truth) {
        for (AttributeGroup group : AttributeGroup.values()) {
            agreement(group.label(), model.of(group), truth.of(group));
        }
        agreement("all attributes", model.all(), truth.all());
    }

    void measure(String name, Measure.Unit unit, double value, double reference, int count) {
        measures.add(new Measure(part, name, unit, value, reference, count));
    }

    /** A row of the contact sheet. @param titles one a picture */
    void show(String words, List<String> titles, List<Picture> pictures) {
        rows.add(new EvaluationReport.Row(part, words, titles, pictures));
    }

    List<Measure> measures() {
        return measures;
    }

    List<EvaluationReport.Row> rows() {
        return rows;
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
