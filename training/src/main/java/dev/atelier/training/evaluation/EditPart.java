package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.EditKind;
import dev.atelier.world.EditPair;
import dev.atelier.world.World;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Labels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Edits of held-out renders. Made: every aspect that the instruction changes is read as in the true result. Kept: aspects that are
 * the same before and after are still read so, and, for edits of one subject, the pixels outside the true mask are near the source's
 * (the reference there is what the autoencoder alone leaves of the source).
 */
record EditPart(Workbench bench) {
    private static final int SHOWN = 12;
    /** Edits whose change no aspect shows are passed over; others come up soon. */
    private static final int ATTEMPTS = 200;

    private static final double LEAST_OUTSIDE = 0.05;

    /** @param changed aspects that the instruction changes */
    private record Case(EditPair pair, Set<Aspect> changed, long noise) {}

    private static final class Scores {
        final Tally made = new Tally();
        final Tally kept = new Tally();
        final Map<EditKind, Tally> madeByKind = new EnumMap<>(EditKind.class);
        final List<Double> outside = new ArrayList<>();

        void add(Case edit, Reading reading) {
            int[] before = Labels.of(edit.pair().source());
            int[] after = Labels.of(edit.pair().target());
            boolean done = edit.changed().stream().allMatch(a -> reading.label(a) == after[a.ordinal()]);
            made.add(done);
            madeByKind.computeIfAbsent(edit.pair().kind(), _ -> new Tally()).add(done);
            for (Aspect aspect : Aspect.values()) {
                int label = after[aspect.ordinal()];
                if (label == before[aspect.ordinal()] && label != Labels.absent(aspect)) {
                    kept.add(reading.label(aspect) == label);
                }
            }
        }
    }

    Findings run() {
        Findings findings = new Findings(Part.EDIT);
        Scores model = new Scores();
        Scores truth = new Scores();
        List<Case> cases = cases();
        bench.model().begin(Part.EDIT, cases.size());
        for (int i = 0; i < cases.size(); i++) {
            Case edit = cases.get(i);
            Picture source = bench.render(edit.pair().source());
            Picture target = bench.render(edit.pair().target());
            Picture result = bench.model().make(edit.pair().instruction(), edit.noise(), List.of(source));
            model.add(edit, bench.probe().read(result));
            truth.add(edit, bench.probe().read(target));
            byte[] mask = SceneRenderer.mask(source, target);
            if (edit.pair().kind().local() && PictureDistance.outside(mask) >= LEAST_OUTSIDE) {
                model.outside.add(PictureDistance.psnrOutside(result, source, mask));
                truth.outside.add(
                        PictureDistance.psnrOutside(bench.autoencoder().apply(source), source, mask));
            }
            if (i < SHOWN) {
                findings.show(
                        edit.pair().instruction(),
                        List.of("source", "model", "true result"),
                        List.of(source, result, target));
            }
        }
        findings.agreement("change made", model.made, truth.made);
        model.madeByKind.forEach((kind, tally) -> findings.agreement(
                "change made, " + kind.name().toLowerCase(Locale.ROOT), tally, truth.madeByKind.get(kind)));
        findings.agreement("other attributes kept", model.kept, truth.kept);
        if (!model.outside.isEmpty()) {
            findings.measure(
                    "PSNR outside the mask",
                    Measure.Unit.DECIBEL,
                    Findings.mean(model.outside),
                    Findings.mean(truth.outside),
                    model.outside.size());
        }
        return findings;
    }

    private List<Case> cases() {
        World world = bench.world();
        int count = bench.settings().count();
        List<Case> out = new ArrayList<>();
        for (int i = 0; out.size() < count && i < count + ATTEMPTS; i++) {
            long seed = bench.heldOut().seed("edit", i);
            EditPair pair = world.edit(seed);
            Set<Aspect> changed = changed(pair);
            if (!changed.isEmpty()) {
                out.add(new Case(pair, changed, seed));
            }
        }
        return out;
    }

    private static Set<Aspect> changed(EditPair pair) {
        int[] before = Labels.of(pair.source());
        int[] after = Labels.of(pair.target());
        Set<Aspect> out = EnumSet.noneOf(Aspect.class);
        for (Aspect aspect : Aspect.values()) {
            if (before[aspect.ordinal()] != after[aspect.ordinal()] && speaksOf(pair.kind(), aspect)) {
                out.add(aspect);
            }
        }
        return out;
    }

    /** Whether the instruction of an edit names the new value of {@code aspect}, or its disappearance. */
    private static boolean speaksOf(EditKind kind, Aspect aspect) {
        AttributeGroup group = AttributeGroup.of(aspect);
        return switch (kind) {
            case RECOLOUR -> group == AttributeGroup.OBJECT_COLOUR;
            case ADD, REMOVE, REPLACE -> group == AttributeGroup.OBJECT_KIND || group == AttributeGroup.NOUN;
            case MOVE -> group == AttributeGroup.PLACEMENT;
            case MATERIAL -> group == AttributeGroup.MATERIAL;
            case TEXT -> aspect == Aspect.WORD;
            case EXPRESSION -> aspect == Aspect.EXPRESSION;
            case BACKGROUND -> aspect == Aspect.BACKDROP || aspect == Aspect.TERRAIN || aspect == Aspect.TIME;
            case TIME -> aspect == Aspect.TIME;
            case WEATHER -> aspect == Aspect.WEATHER;
            case SEASON -> aspect == Aspect.SEASON;
            case STYLE -> aspect == Aspect.STYLE;
        };
    }
}
