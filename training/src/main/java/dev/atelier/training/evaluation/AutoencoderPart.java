package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.World;
import dev.atelier.world.scene.Attributes;
import dev.atelier.world.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Held-out renders through the autoencoder alone: how near they come out, and what the probe still reads in them. */
record AutoencoderPart(Workbench bench) {
    Findings run() {
        Findings findings = new Findings(Part.AUTOENCODER);
        World world = bench.world();
        List<Scene> scenes = IntStream.range(0, 2 * bench.settings().count())
                .mapToObj(i -> world.scene(bench.heldOut().seed("autoencoder", i)))
                .toList();
        List<Picture> renders = bench.render(scenes);
        List<Picture> passed = renders.stream().map(bench.autoencoder()::apply).toList();
        List<Double> psnr = new ArrayList<>();
        Agreement after = new Agreement();
        Agreement before = new Agreement();
        List<Reading> readAfter = bench.probe().read(passed);
        List<Reading> readBefore = bench.probe().read(renders);
        for (int i = 0; i < scenes.size(); i++) {
            psnr.add(PictureDistance.psnr(passed.get(i), renders.get(i)));
            var facts = Attributes.of(scenes.get(i)).facts();
            after.add(facts, readAfter.get(i));
            before.add(facts, readBefore.get(i));
        }
        findings.measure("PSNR", Measure.Unit.DECIBEL, Findings.mean(psnr), Double.NaN, psnr.size());
        for (AttributeGroup group : List.of(AttributeGroup.OBJECT_KIND, AttributeGroup.OBJECT_COLOUR)) {
            findings.agreement(group.label(), after.of(group), before.of(group));
        }
        findings.agreement("all attributes", after.all(), before.all());
        return findings;
    }
}
