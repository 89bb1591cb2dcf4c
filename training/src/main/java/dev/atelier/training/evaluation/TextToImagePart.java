package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.World;
import dev.atelier.world.caption.Caption;
import dev.atelier.world.caption.CaptionForm;
import dev.atelier.world.caption.Captioner;
import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Attributes;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pictures from held-out captions: are the attributes that the caption names there? True renders of the captions' own scenes, and of
 * as many others, give the ceilings and the floor of the Fréchet distance.
 */
record TextToImagePart(Workbench bench) {
    private static final String PURPOSE = "text to image";
    private static final int SHOWN_A_FAMILY = 4;

    /** A scene and what is said of it. */
    private record Asked(Family family, Scene scene, Caption caption, long noise) {}

    Findings run() {
        Findings findings = new Findings(Part.T2I);
        int count = bench.settings().count();
        int combinations = unseen() ? Math.ceilDiv(count, 2) : 0;
        bench.model().begin(Part.T2I, bench.settings().families().size() * count + combinations);
        List<Asked> asked = new ArrayList<>();
        List<Asked> others = new ArrayList<>();
        for (Family family : bench.settings().families()) {
            World world = World.of(HeldOut.only(bench.settings().world(), Set.of(family)));
            for (int i = 0; i < count; i++) {
                asked.add(asked(world, family, i));
                others.add(asked(world, family, count + i));
            }
        }
        List<Picture> made = asked.stream()
                .map(a -> bench.model().make(a.caption().text(), a.noise(), List.of()))
                .toList();
        List<Picture> renders = bench.render(asked.stream().map(Asked::scene).toList());
        show(findings, asked, made, renders);
        List<Reading> readings = bench.probe().read(made);
        List<Reading> truth = bench.probe().read(renders);
        List<Reading> otherTruth =
                bench.readRenders(others.stream().map(Asked::scene).toList());
        Agreement model = agreement(asked, readings);
        Agreement ceiling = agreement(asked, truth);
        for (int i = 0; i < others.size(); i++) {
            ceiling.add(others.get(i).caption().stated(), otherTruth.get(i));
        }
        findings.agreements(model, ceiling);
        parts(findings, asked, readings, truth);
        nouns(findings, asked, readings, truth);
        combinations(findings, combinations);
        frechet(findings, readings, truth, otherTruth);
        return findings;
    }

    private Asked asked(World world, Family family, int index) {
        long seed = bench.heldOut().seed(PURPOSE + " " + family, index);
        Scene scene = world.scene(seed);
        return new Asked(family, scene, world.caption(scene, seed), seed);
    }

    private static Agreement agreement(List<Asked> asked, List<Reading> readings) {
        Agreement out = new Agreement();
        for (int i = 0; i < asked.size(); i++) {
            out.add(asked.get(i).caption().stated(), readings.get(i));
        }
        return out;
    }

    private static void show(Findings findings, List<Asked> asked, List<Picture> made, List<Picture> renders) {
        Map<Family, Integer> shown = new EnumMap<>(Family.class);
        for (int i = 0; i < asked.size(); i++) {
            if (shown.merge(asked.get(i).family(), 1, Integer::sum) <= SHOWN_A_FAMILY) {
                findings.show(
                        asked.get(i).caption().text(),
                        List.of("model", "true render"),
                        List.of(made.get(i), renders.get(i)));
            }
        }
    }

    /** By family and by language. */
    private void parts(Findings findings, List<Asked> asked, List<Reading> readings, List<Reading> truth) {
        Map<String, Agreement> model = new LinkedHashMap<>();
        Map<String, Agreement> ceiling = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            Caption caption = asked.get(i).caption();
            for (String name :
                    List.of(words(asked.get(i).family()) + " pictures", words(caption.language()) + " captions")) {
                model.computeIfAbsent(name, _ -> new Agreement()).add(caption.stated(), readings.get(i));
                ceiling.computeIfAbsent(name, _ -> new Agreement()).add(caption.stated(), truth.get(i));
            }
        }
        model.keySet().stream()
                .sorted()
                .forEach(name -> findings.agreement(
                        "all attributes, " + name,
                        model.get(name).all(),
                        ceiling.get(name).all()));
    }

    /** Of the table of nouns those that people ask for most, and the others. */
    private static void nouns(Findings findings, List<Asked> asked, List<Reading> readings, List<Reading> truth) {
        Map<Boolean, Tally> model = Map.of(true, new Tally(), false, new Tally());
        Map<Boolean, Tally> ceiling = Map.of(true, new Tally(), false, new Tally());
        for (int i = 0; i < asked.size(); i++) {
            for (Fact fact : asked.get(i).caption().stated()) {
                if (fact.value() instanceof Noun noun) {
                    model.get(noun.common()).add(readings.get(i).shows(fact));
                    ceiling.get(noun.common()).add(truth.get(i).shows(fact));
                }
            }
        }
        findings.agreement("common nouns", model.get(true), ceiling.get(true));
        findings.agreement("other nouns", model.get(false), ceiling.get(false));
    }

    private static String words(Enum<?> value) {
        String lower = value.name().toLowerCase(Locale.ROOT);
        return value instanceof Language ? Character.toUpperCase(lower.charAt(0)) + lower.substring(1) : lower;
    }

    /** Whether the families asked for can show a combination that training leaves out. */
    private boolean unseen() {
        Set<Family> families = bench.settings().families();
        return !bench.settings().world().heldOut().isEmpty()
                && (families.contains(Family.PRODUCT) || families.contains(Family.LANDSCAPE));
    }

    /** Two terms that no training scene has together, as a blue vase. */
    private void combinations(Findings findings, int count) {
        if (count == 0) {
            return;
        }
        World world = bench.world();
        Tally model = new Tally();
        List<Scene> scenes = new ArrayList<>();
        List<Set<Fact>> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long seed = bench.heldOut().seed("combinations", i);
            Scene scene = world.heldOutScene(seed);
            Set<Fact> combined = combined(scene);
            Caption caption = Captioner.caption(scene, Language.ENGLISH, CaptionForm.FULL, seed);
            Picture made = bench.model().make(caption.text(), seed, List.of());
            model.add(bench.probe().read(made).showsAll(combined));
            scenes.add(scene);
            facts.add(combined);
        }
        Tally ceiling = new Tally();
        List<Reading> truth = bench.readRenders(scenes);
        for (int i = 0; i < count; i++) {
            ceiling.add(truth.get(i).showsAll(facts.get(i)));
        }
        findings.agreement("both terms of a combination never trained on", model, ceiling);
    }

    private Set<Fact> combined(Scene scene) {
        List<Fact> facts = Attributes.of(scene).facts();
        List<Term> values = facts.stream().map(Fact::value).toList();
        Set<Term> terms = bench.settings().world().heldOut().stream()
                .filter(combination -> values.containsAll(combination.terms()))
                .findFirst()
                .orElseThrow()
                .terms();
        return facts.stream().filter(fact -> terms.contains(fact.value())).collect(Collectors.toSet());
    }

    private void frechet(Findings findings, List<Reading> made, List<Reading> truth, List<Reading> others) {
        if (made.size() > 1) {
            findings.measure(
                    "Fréchet distance to renders",
                    Measure.Unit.DISTANCE,
                    distance(made, others),
                    distance(truth, others),
                    made.size());
        }
    }

    private double distance(List<Reading> a, List<Reading> b) {
        return bench.thread()
                .call(() -> FrechetDistance.between(
                        a.stream().map(Reading::features).toList(),
                        b.stream().map(Reading::features).toList()));
    }
}
