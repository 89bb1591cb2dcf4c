package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Scene;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An exam: every model is asked the same questions with the same seeds, one model after the other, and all are judged alike. */
public final class Examination {
    /** Pictures of the many nouns are kept so small; the probe sees less. */
    private static final int KEPT = 192;

    private final Exam exam;
    private final long seed;
    private final List<ExamQuestion> questions;
    private final EvaluationListener listener;
    private final Map<String, List<Picture>> drawn = new LinkedHashMap<>();

    /** @param seed of question 0; question k has that seed plus k */
    public Examination(Exam exam, long seed, EvaluationListener listener) {
        this.exam = exam;
        this.seed = seed;
        this.listener = listener;
        questions = switch (exam) {
            case FIRST_PROMPTS -> FirstPrompts.all();
            case TYPOGRAPHY -> Typography.all();
            case NOUNS -> NounExam.all();
        };
    }

    public List<ExamQuestion> questions() {
        return questions;
    }

    /**
     * Asks {@code model} all questions.
     *
     * @throws java.util.concurrent.CancellationException after {@link Cancellation#cancel}, between two pictures
     * @throws IllegalArgumentException when a model of that name was asked before
     */
    public void ask(ExamModel model, Cancellation cancellation) {
        if (drawn.containsKey(model.name())) {
            throw new IllegalArgumentException("against: " + model.name() + " was asked already");
        }
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            cancellation.check();
            Picture picture = model.draw(questions.get(i).prompt(), seed + i);
            pictures.add(exam == Exam.NOUNS ? PictureResizer.resize(picture, KEPT, KEPT) : picture);
            listener.onExam(exam, i + 1, questions.size());
        }
        drawn.put(model.name(), pictures);
    }

    /**
     * Judges what was drawn. Subjects are looked for by the probe of {@code settings}, which is trained the first time.
     *
     * @param probes where trained probes are kept
     */
    public ExamReport judge(Path probes, ProbeSettings settings) {
        try (DeviceThread thread = new DeviceThread("atelier-evaluation")) {
            if (exam == Exam.TYPOGRAPHY) {
                try (WordReader reader = new WordReader(thread)) {
                    TypographyJudge judge = new TypographyJudge(Tesseract.find("tesseract"), reader);
                    return report(judge.how(), Map.of(), judge::judge);
                }
            }
            try (AttributeProbe probe = new ProbeCache(probes).open(thread, settings, false, listener::onProbe)) {
                SubjectJudge judge = new SubjectJudge(probe, settings.world());
                String how = "the probe of the world's scenes; a prompt whose subject it has no word for is not judged";
                Map<String, Double> ceilings = exam == Exam.NOUNS ? ceilings(judge, settings.world()) : Map.of();
                return report(how, ceilings, (picture, question) -> judge.judge(picture, question.wanted()));
            }
        }
    }

    private interface Judge {
        ExamReport.Answer judge(Picture picture, ExamQuestion question);
    }

    private ExamReport report(String how, Map<String, Double> ceilings, Judge judge) {
        List<ExamReport.Answers> models = new ArrayList<>();
        drawn.forEach((name, pictures) -> {
            List<ExamReport.Answer> answers = new ArrayList<>();
            for (int i = 0; i < questions.size(); i++) {
                answers.add(judge.judge(pictures.get(i), questions.get(i)));
            }
            models.add(new ExamReport.Answers(name, answers));
        });
        return new ExamReport(exam, seed, how, ceilings, questions, models);
    }

    /** What the probe reads in true pictures of the nouns; none where the world has no nouns. */
    private Map<String, Double> ceilings(SubjectJudge judge, WorldConfig world) {
        if (world.families().getOrDefault(Family.THINGS, 0.0) == 0) {
            return Map.of();
        }
        Map<String, Tally> tallies = new LinkedHashMap<>();
        NounExam.scenes(world, new HeldOut(seed)).forEach((index, scene) -> {
            ExamQuestion question = questions.get(index);
            boolean right = judge.judge(render(scene), question.wanted()).verdict() == Verdict.RIGHT;
            tallies.computeIfAbsent("", _ -> new Tally()).add(right);
            tallies.computeIfAbsent(question.group(), _ -> new Tally()).add(right);
        });
        Map<String, Double> out = new LinkedHashMap<>();
        tallies.forEach((group, tally) -> out.put(group, tally.share()));
        return out;
    }

    private static Picture render(Scene scene) {
        return SceneRenderer.render(scene, KEPT, KEPT);
    }
}
