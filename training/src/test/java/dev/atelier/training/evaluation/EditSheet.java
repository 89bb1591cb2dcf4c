package dev.atelier.training.evaluation;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.world.EditPair;
import dev.atelier.world.World;
import dev.atelier.world.render.SceneRenderer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Edits of held-out renders, none selected, each with what it did to the pixels outside the true change:
 * {@code EditSheet MODEL PNG}. The first eight edits of one subject in the world that the model's folder names.
 */
public final class EditSheet {
    private static final int EDITS = 8;
    private static final int ATTEMPTS = 100;

    private EditSheet() {}

    public static void main(String[] args) throws Exception {
        Path model = Path.of(args[0]);
        World world = World.of(ModelWorld.of(model).orElseThrow().config());
        HeldOut heldOut = new HeldOut(1);
        List<EditPair> edits = IntStream.range(0, ATTEMPTS)
                .mapToObj(i -> world.edit(heldOut.seed("edit sheet", i)))
                .filter(edit -> edit.kind().local())
                .limit(EDITS)
                .toList();
        List<EvaluationReport.Row> rows = new ArrayList<>();
        try (Flux2Pipeline pipeline = Flux2Pipeline.open(model, EngineOptions.defaults());
                DeviceThread thread = new DeviceThread("round-trip");
                RoundTrip autoencoder = RoundTrip.open(thread, model)) {
            int side = pipeline.info().defaultSize();
            for (EditPair edit : edits) {
                Picture source = SceneRenderer.render(edit.source(), side, side);
                Picture target = SceneRenderer.render(edit.target(), side, side);
                ImageRequest request = ImageRequest.of(edit.instruction(), rows.size() + 1L).toBuilder()
                        .references(List.of(source))
                        .referenceCache(true)
                        .build();
                Picture result = pipeline.generate(request, GenerationListener.NONE, Cancellation.none())
                        .getFirst()
                        .picture();
                byte[] mask = SceneRenderer.mask(source, target);
                String words = String.format(
                        Locale.ROOT,
                        "%s (outside the change: %.1f dB, the autoencoder alone %.1f dB)",
                        edit.instruction(),
                        PictureDistance.psnrOutside(result, source, mask),
                        PictureDistance.psnrOutside(autoencoder.apply(source), source, mask));
                System.out.println(words);
                rows.add(new EvaluationReport.Row(
                        Part.EDIT, words, List.of("source", "model", "true result"), List.of(source, result, target)));
            }
        }
        ImageIO.write(ContactSheet.draw(rows), "png", Path.of(args[1]).toFile());
    }
}
