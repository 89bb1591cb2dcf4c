package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.World;
import dev.atelier.world.caption.Caption;
import dev.atelier.world.caption.CaptionForm;
import dev.atelier.world.caption.Captioner;
import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.Sheet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Posters, signs and labels with a word asked for: does {@link WordReader} read that word rather than another? */
record WordsPart(Workbench bench) {
    private static final int SHOWN = 6;
    private static final int ATTEMPTS = 4;

    Findings run() {
        Findings findings = new Findings(Part.WORDS);
        World world = World.of(HeldOut.only(bench.settings().world(), Set.of(Family.POSTER)));
        int count = bench.settings().count();
        bench.model().begin(Part.WORDS, count);
        Map<Script, Tally> model = new EnumMap<>(Script.class);
        Map<Script, Tally> truth = new EnumMap<>(Script.class);
        try (WordReader reader = new WordReader(bench.thread())) {
            for (int i = 0; i < count; i++) {
                long seed = bench.heldOut().seed("words", i);
                Scene scene = world.scene(seed);
                Sheet sheet = (Sheet) scene.setting();
                Caption caption = naming(scene, seed);
                Picture made = bench.model().make(caption.text(), seed, List.of());
                Picture render = bench.render(scene);
                model.computeIfAbsent(sheet.script(), _ -> new Tally()).add(reads(reader, made, sheet));
                truth.computeIfAbsent(sheet.script(), _ -> new Tally()).add(reads(reader, render, sheet));
                if (i < SHOWN) {
                    findings.show(caption.text(), List.of("model", "true render"), List.of(made, render));
                }
            }
        }
        model.forEach((script, tally) ->
                findings.agreement("words read, " + script.words().english().getFirst(), tally, truth.get(script)));
        return findings;
    }

    private static boolean reads(WordReader reader, Picture picture, Sheet sheet) {
        return reader.read(picture, sheet.script(), sheet.typeface()).slogan() == sheet.word();
    }

    /** A full caption that names the word. */
    private static Caption naming(Scene scene, long seed) {
        Caption caption = Captioner.caption(scene, Language.ENGLISH, CaptionForm.FULL, seed);
        for (int i = 1; i < ATTEMPTS && caption.stated().stream().noneMatch(f -> f.aspect() == Aspect.WORD); i++) {
            caption = Captioner.caption(scene, Language.ENGLISH, CaptionForm.FULL, seed + i);
        }
        return caption;
    }
}
