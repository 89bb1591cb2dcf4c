package dev.atelier.springai;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.ImageService;
import dev.atelier.client.PredictionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what was ordered and answers with the pictures that it was given. */
final class RecordingService implements ImageService {
    static final byte[] PICTURE = {1, 2, 3};

    final List<ImageOrder> orders = new CopyOnWriteArrayList<>();
    private final List<ImageView> images = new ArrayList<>();

    RecordingService picture(String url) {
        int index = images.size();
        images.add(new ImageView(null, index, 7 + index, "a fox", url, 256, 128, 4, 1.0, 0.5, null));
        return this;
    }

    RecordingService failure(String error) {
        images.add(ImageView.failed(images.size(), 7, "a fox", error));
        return this;
    }

    @Override
    public PredictionView draw(ImageOrder order, Consumer<PredictionEvent> listener) {
        orders.add(order);
        images.forEach(image -> listener.accept(new PredictionEvent.Output(image)));
        return new PredictionView(
                "pred_1",
                "m",
                "seedling-1",
                PredictionView.Status.COMPLETED,
                PredictionView.State.COMPLETED,
                images.stream().map(ImageView::url).toList(),
                List.copyOf(images),
                "",
                null,
                new PredictionView.Metrics(0.0, 0.5),
                1,
                7,
                "an orange fox",
                List.of("words: 'zyx' is not known"),
                List.of("planned by rules"),
                Instant.ofEpochMilli(1234),
                "",
                "",
                null,
                null);
    }

    @Override
    public byte[] download(String output) {
        return PICTURE;
    }

    @Override
    public void close() {}
}
