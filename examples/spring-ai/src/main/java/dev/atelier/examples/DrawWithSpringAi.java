package dev.atelier.examples;

import dev.atelier.client.ImageService;
import dev.atelier.client.PredictionEvent;
import dev.atelier.local.LocalAtelier;
import dev.atelier.springai.AtelierImageModel;
import dev.atelier.springai.AtelierImageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.ai.content.Media;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.util.MimeTypeUtils;

/**
 * A Spring Boot application that draws and then edits: {@code PROMPT FILE [EDIT EDITED-FILE]}. In this process; with {@code
 * --spring.ai.atelier.base-url=http://localhost:8080} by a running service.
 */
@SpringBootApplication
public class DrawWithSpringAi {
    public static void main(String... args) {
        SpringApplication.run(DrawWithSpringAi.class, args).close();
    }

    /** Left out, a client of the service takes its place. */
    @Bean
    @ConditionalOnProperty(name = "spring.ai.atelier.base-url", havingValue = "in-process", matchIfMissing = true)
    ImageService inThisProcess() {
        return LocalAtelier.open();
    }

    @Bean
    ApplicationRunner drawing(ImageModel model) {
        return arguments -> draw(model, arguments);
    }

    private static void draw(ImageModel model, ApplicationArguments arguments) throws IOException {
        List<String> words = arguments.getNonOptionArgs();
        Path file = Path.of(words.get(1));
        draw(model, new ImageMessage(words.get(0)), file);
        if (words.size() > 3) {
            Media drawn = Media.builder()
                    .mimeType(MimeTypeUtils.IMAGE_PNG)
                    .data(Files.readAllBytes(file))
                    .build();
            draw(model, new ImageMessage(words.get(2), 1f, List.of(drawn), Map.of()), Path.of(words.get(3)));
        }
    }

    static void draw(ImageModel model, ImageMessage message, Path file) throws IOException {
        AtelierImageOptions options = AtelierImageOptions.builder()
                .seed(7L)
                .n(1)
                .responseFormat("b64_json")
                .onEvent(DrawWithSpringAi::tell)
                .build();
        ImageResponse response = model.call(new ImagePrompt(message, options));
        Files.write(
                file,
                Base64.getDecoder().decode(response.getResult().getOutput().getB64Json()));
        System.err.println(file + ": " + response.getResult().getMetadata());
        List<String> warnings = response.getMetadata().get(AtelierImageModel.WARNINGS);
        warnings.forEach(warning -> System.err.println("note: " + warning));
    }

    private static void tell(PredictionEvent event) {
        if (event instanceof PredictionEvent.Progressed(var progress) && progress.progress() != null) {
            System.err.printf("%s %.0f %%%n", progress.phase(), 100 * progress.progress());
        }
    }
}
