package dev.atelier.examples;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.pipeline.AtelierHome;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.models.EmbeddedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Changes the left half of a picture and keeps the right half: {@code EditWithMask SOURCE INSTRUCTION FILE}. */
public final class EditWithMask {
    private EditWithMask() {}

    public static void main(String... args) throws IOException {
        Picture source = PictureReader.read(Path.of(args[0]), PictureLimits.DEFAULT);
        ImageRequest request = ImageRequest.builder()
                .prompt(args[1])
                .seed(7)
                .references(List.of(source))
                .edit(new EditScope(leftHalf(source), 1))
                .build();
        Path model = new EmbeddedModels()
                .folder(EmbeddedModels.DEFAULT, AtelierHome.ofProcess().resolve("embedded"));
        try (ImagePipeline pipeline = Flux2Pipeline.open(model, EngineOptions.defaults())) {
            GeneratedImage edited = pipeline.generate(request, new Percentage(), Cancellation.none())
                    .getFirst();
            Pictures.save(edited, pipeline, Path.of(args[2]));
        }
    }

    /** White where the picture may change, black where every pixel stays. */
    private static Picture leftHalf(Picture source) {
        byte[] rgb = new byte[source.width() * source.height() * 3];
        for (int y = 0; y < source.height(); y++) {
            int row = y * source.width() * 3;
            Arrays.fill(rgb, row, row + source.width() / 2 * 3, (byte) 0xff);
        }
        return new Picture(source.width(), source.height(), rgb);
    }

    /** Called on the device's thread, so it returns at once. */
    private static final class Percentage implements GenerationListener {
        @Override
        public void onProgress(WorkProgress progress) {
            System.err.printf("%3.0f %%%n", 100 * progress.fraction());
        }
    }
}
