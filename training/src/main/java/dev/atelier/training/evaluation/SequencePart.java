package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.ShotSequence;
import dev.atelier.world.World;
import dev.atelier.world.caption.Caption;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Labels;
import dev.atelier.world.scene.Scene;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sequences of {@value #SHOTS} shots of one character or product, from prompts alone. The same: what the probe reads of the subject
 * in a later shot is what it read in the first. Right: it is what was asked for. The cosine is that of what the probe looks at to name
 * the subject, less its mean over other subjects' pictures.
 */
record SequencePart(Workbench bench) {
    private static final int SHOTS = 3;
    private static final int SHOWN = 4;
    /** Pictures of other subjects that the mean is taken over. */
    private static final int OTHERS = 48;

    private static final Set<Aspect> KINDS = EnumSet.of(Aspect.THING_1, Aspect.ANIMAL, Aspect.PERSON);
    private static final Set<Aspect> IDENTITY = EnumSet.of(
            Aspect.THING_1,
            Aspect.ANIMAL,
            Aspect.PERSON,
            Aspect.COLOUR_1,
            Aspect.MATERIAL_1,
            Aspect.WEARABLE,
            Aspect.ACCENT,
            Aspect.HAIR,
            Aspect.HAIR_COLOUR,
            Aspect.GARMENT,
            Aspect.HEADWEAR);

    private static final class Scores {
        final Tally same = new Tally();
        final Tally right = new Tally();
        final List<Double> cosines = new ArrayList<>();

        void add(ShotSequence sequence, List<Reading> readings, Map<Aspect, float[]> means) {
            List<int[]> labels = sequence.shots().stream().map(Labels::of).toList();
            for (int shot = 1; shot < readings.size(); shot++) {
                for (Aspect aspect : IDENTITY) {
                    int asked = labels.getFirst()[aspect.ordinal()];
                    boolean constant = asked == labels.get(shot)[aspect.ordinal()];
                    if (asked == Labels.absent(aspect) || !constant) {
                        continue;
                    }
                    same.add(readings.get(shot).label(aspect)
                            == readings.getFirst().label(aspect));
                    right.add(readings.get(shot).label(aspect) == asked);
                    if (KINDS.contains(aspect)) {
                        cosines.add(cosine(
                                readings.getFirst().gathered(aspect),
                                readings.get(shot).gathered(aspect),
                                means.get(aspect)));
                    }
                }
            }
        }
    }

    Findings run() {
        Findings findings = new Findings(Part.SEQUENCE);
        World world = bench.world();
        int count = Math.ceilDiv(bench.settings().count(), 4);
        bench.model().begin(Part.SEQUENCE, count * SHOTS);
        Map<Aspect, float[]> means = means(world);
        Scores model = new Scores();
        Scores truth = new Scores();
        for (int i = 0; i < count; i++) {
            long seed = bench.heldOut().seed("sequence", i);
            ShotSequence sequence = world.sequence(seed, SHOTS);
            List<String> prompts =
                    sequence.prompts().stream().map(Caption::text).toList();
            List<Picture> made = bench.model().sequence(prompts, seed >>> 1);
            model.add(sequence, bench.probe().read(made), means);
            truth.add(sequence, bench.readRenders(sequence.shots()), means);
            if (i < SHOWN) {
                findings.show(
                        String.join(" / ", prompts),
                        IntStream.rangeClosed(1, SHOTS)
                                .mapToObj(n -> "shot " + n)
                                .toList(),
                        made);
            }
        }
        findings.agreement("identity the same as in shot 1", model.same, truth.same);
        findings.agreement("identity as asked for", model.right, truth.right);
        findings.measure(
                "cosine of subject features",
                Measure.Unit.COSINE,
                Findings.mean(model.cosines),
                Findings.mean(truth.cosines),
                model.cosines.size());
        return findings;
    }

    /** Of what is gathered for each kind of subject, over true pictures of other subjects. */
    private Map<Aspect, float[]> means(World world) {
        List<Scene> scenes = IntStream.range(0, OTHERS)
                .mapToObj(i -> world.sequence(bench.heldOut().seed("other subjects", i), 2)
                        .shots()
                        .getFirst())
                .toList();
        List<Reading> readings = bench.readRenders(scenes);
        Map<Aspect, float[]> out = new EnumMap<>(Aspect.class);
        for (Aspect aspect : KINDS) {
            float[] mean = new float[readings.getFirst().gathered(aspect).length];
            for (Reading reading : readings) {
                float[] gathered = reading.gathered(aspect);
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += gathered[i] / readings.size();
                }
            }
            out.put(aspect, mean);
        }
        return out;
    }

    /** Of {@code a - mean} and {@code b - mean}. */
    static double cosine(float[] a, float[] b, float[] mean) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            double x = a[i] - mean[i];
            double y = b[i] - mean[i];
            product += x * y;
            first += x * x;
            second += y * y;
        }
        return first == 0 || second == 0 ? 0 : product / Math.sqrt(first * second);
    }
}
