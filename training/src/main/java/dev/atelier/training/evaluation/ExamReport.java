package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import java.util.List;
import java.util.Map;

/**
 * The answers of one model or more to an exam.
 *
 * @param judge who judged them and how, in words
 * @param ceilings share of true pictures that the judge finds right, by group and under the empty name in all; none where there are no
 *     true pictures
 * @param models each with as many answers as there are questions
 */
public record ExamReport(
        Exam exam,
        long seed,
        String judge,
        Map<String, Double> ceilings,
        List<ExamQuestion> questions,
        List<Answers> models) {
    /** A picture and what was made of it. @param said what the judge saw or read in it; empty: it was not asked */
    public record Answer(Picture picture, Verdict verdict, String said) {}

    /** What a model made of all questions. */
    public record Answers(String model, List<Answer> answers) {
        public Answers {
            answers = List.copyOf(answers);
        }
    }

    public ExamReport {
        ceilings = Map.copyOf(ceilings);
        questions = List.copyOf(questions);
        models = List.copyOf(models);
        for (Answers model : models) {
            if (model.answers().size() != questions.size()) {
                throw new IllegalArgumentException("answers: " + model.answers().size() + " of " + model.model()
                        + " to " + questions.size() + " questions");
            }
        }
    }

    /** The groups of the questions, in their order. */
    public List<String> groups() {
        return questions.stream().map(ExamQuestion::group).distinct().toList();
    }

    /** How many of a model's answers in {@code group} were judged; empty: in all groups. */
    public int judged(Answers model, String group) {
        return count(model, group, Verdict.RIGHT) + count(model, group, Verdict.WRONG);
    }

    public int right(Answers model, String group) {
        return count(model, group, Verdict.RIGHT);
    }

    private int count(Answers model, String group, Verdict verdict) {
        int count = 0;
        for (int i = 0; i < questions.size(); i++) {
            boolean counted = group.isEmpty() || questions.get(i).group().equals(group);
            if (counted && model.answers().get(i).verdict() == verdict) {
                count++;
            }
        }
        return count;
    }
}
