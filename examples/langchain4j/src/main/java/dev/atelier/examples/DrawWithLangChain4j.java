package dev.atelier.examples;

import dev.atelier.client.AtelierClient;
import dev.atelier.client.ImageService;
import dev.atelier.client.PredictionEvent;
import dev.atelier.langchain4j.AtelierImageModel;
import dev.atelier.local.LocalAtelier;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Draws a picture and then edits it: {@code PROMPT FILE [EDIT EDITED-FILE]}. In this process; with {@code ATELIER_URL} (and {@code
 * ATELIER_KEY}) in the environment by a running service.
 */
public final class DrawWithLangChain4j {
    private DrawWithLangChain4j() {}

    public static void main(String... args) throws IOException {
        try (ImageService service = service()) {
            ImageModel model = AtelierImageModel.builder(service)
                    .seed(7L)
                    .inline(true)
                    .onEvent(DrawWithLangChain4j::tell)
                    .build();
            Image drawn = save(model.generate(args[0]), Path.of(args[1]));
            if (args.length > 3) {
                save(model.edit(drawn, args[2]), Path.of(args[3]));
            }
        }
    }

    private static ImageService service() {
        String url = System.getenv("ATELIER_URL");
        return url == null
                ? LocalAtelier.open()
                : AtelierClient.at(url)
                        .key(System.getenv().getOrDefault("ATELIER_KEY", ""))
                        .open();
    }

    private static Image save(Response<Image> response, Path file) throws IOException {
        Files.write(file, Base64.getDecoder().decode(response.content().base64Data()));
        System.err.println(file + ": seed " + response.metadata().get(AtelierImageModel.SEEDS));
        List<?> warnings = (List<?>) response.metadata().get(AtelierImageModel.WARNINGS);
        warnings.forEach(warning -> System.err.println("note: " + warning));
        return response.content();
    }

    private static void tell(PredictionEvent event) {
        if (event instanceof PredictionEvent.Progressed(var progress) && progress.progress() != null) {
            System.err.printf("%s %.0f %%%n", progress.phase(), 100 * progress.progress());
        }
    }
}
