package dev.atelier.examples;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.client.AtelierClient;
import dev.atelier.client.EventStream;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.PredictionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Orders pictures that belong together from a running service and saves each as soon as it is finished: {@code FollowSequence URL PROMPT
 * FOLDER}. The key, where the service asks for one, is read from {@code ATELIER_KEY}.
 */
public final class FollowSequence {
    private static final int MOST = 4;

    private FollowSequence() {}

    public static void main(String... args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[2]));
        try (AtelierClient client = AtelierClient.at(args[0])
                .key(System.getenv().getOrDefault("ATELIER_KEY", ""))
                .open()) {
            PredictionView accepted =
                    client.submit(ImageOrder.of(args[1]).sequence(MOST).seed(7).build());
            try (EventStream<PredictionEvent> events = client.events(accepted.id())) {
                while (events.hasNext()) {
                    tell(client, events.next(), folder);
                }
            }
        }
    }

    private static void tell(AtelierClient client, PredictionEvent event, Path folder) throws IOException {
        switch (event) {
            case PredictionEvent.Output(ImageView image)
            when image.url() != null ->
                client.download(image.url(), folder.resolve("shot-" + (image.index() + 1) + ".png"));
            case PredictionEvent.Output(ImageView image) ->
                System.err.println("picture " + (image.index() + 1) + " failed: " + image.error());
            case PredictionEvent.Done(PredictionView ended) ->
                ended.warnings().forEach(warning -> System.err.println("note: " + warning));
            default -> {
                // Progress, which a terminal could show.
            }
        }
    }
}
