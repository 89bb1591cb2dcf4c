package dev.atelier.training.evaluation;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.world.scene.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Evaluates models on held-out scenes of the procedural world, with a probe that is trained once and kept. */
public final class Evaluation {
    private final ProbeCache probes;
    private final EvaluationListener listener;

    /** @param folder where trained probes are kept */
    public Evaluation(Path folder, EvaluationListener listener) {
        this.probes = new ProbeCache(folder);
        this.listener = listener;
    }

    /** Trains a probe, whether or not there is one of these settings. */
    public void trainProbe(ProbeSettings probe) {
        try (DeviceThread thread = new DeviceThread("atelier-evaluation")) {
            probes.open(thread, probe, true, listener::onProbe).close();
        }
    }

    /**
     * Measures {@code pipeline}. The first time in a world the probe is trained, which takes some minutes.
     *
     * @throws IllegalArgumentException when the settings ask for families that the probe's world lacks
     * @throws java.util.concurrent.CancellationException after {@link Cancellation#cancel}, between two pictures or steps
     */
    public EvaluationReport run(
            ImagePipeline pipeline,
            EvaluationSettings settings,
            ProbeSettings probeSettings,
            Cancellation cancellation) {
        requireReadable(settings, probeSettings);
        Path folder = pipeline.info().folder();
        try (DeviceThread thread = new DeviceThread("atelier-evaluation");
                AttributeProbe probe = probes.open(thread, probeSettings, false, listener::onProbe);
                RoundTrip autoencoder = RoundTrip.open(thread, folder)) {
            long begin = System.nanoTime();
            Workbench bench = new Workbench(
                    settings,
                    new HeldOut(settings.seed()),
                    new ModelUnderTest(pipeline, settings, listener, cancellation),
                    thread,
                    probe,
                    autoencoder);
            List<Measure> measures = new ArrayList<>();
            List<EvaluationReport.Row> rows = new ArrayList<>();
            parts(bench).forEach((part, run) -> {
                if (!settings.skipped().contains(part)) {
                    cancellation.check();
                    Findings findings = run.get();
                    measures.addAll(findings.measures());
                    rows.addAll(findings.rows());
                }
            });
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new EvaluationReport(
                    pipeline.info().name(), settings, pipeline.info().defaultSize(), seconds, measures, rows);
        }
    }

    private static Map<Part, Supplier<Findings>> parts(Workbench bench) {
        Map<Part, Supplier<Findings>> out = new LinkedHashMap<>();
        out.put(Part.T2I, new TextToImagePart(bench)::run);
        out.put(Part.EDIT, new EditPart(bench)::run);
        out.put(Part.SEQUENCE, new SequencePart(bench)::run);
        if (bench.settings().families().contains(Family.POSTER)) {
            out.put(Part.WORDS, new WordsPart(bench)::run);
        }
        out.put(Part.AUTOENCODER, new AutoencoderPart(bench)::run);
        return out;
    }

    private static void requireReadable(EvaluationSettings settings, ProbeSettings probe) {
        var known = EvaluationSettings.familiesOf(probe.world());
        for (Family family : settings.families()) {
            if (!known.contains(family)) {
                throw new IllegalArgumentException(
                        "families: " + family + " does not occur in the world, which has " + known);
            }
        }
    }
}
