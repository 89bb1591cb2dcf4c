package dev.atelier.client;

import dev.atelier.api.ImageView;
import dev.atelier.api.KeyEvents;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Events of one prediction, which ends, or of all of a key, which do not. */
final class PredictionEvents implements EventStream.Source<PredictionEvent> {
    private final Transport transport;
    private final URI uri;
    private final boolean ofOne;
    private final Told told = new Told();

    private PredictionEvents(Transport transport, URI uri, boolean ofOne) {
        this.transport = transport;
        this.uri = uri;
        this.ofOne = ofOne;
    }

    static PredictionEvents of(Transport transport, String id) {
        return new PredictionEvents(
                transport, transport.settings().at("/api/v1/model/prediction/" + id + "/events"), true);
    }

    static PredictionEvents ofAll(Transport transport) {
        return new PredictionEvents(transport, transport.settings().at("/api/v1/events"), false);
    }

    @Override
    public InputStream open(String lastId) {
        Call call = Call.get(uri, transport.settings().timeouts().call());
        return transport.open(lastId.isEmpty() ? call : call.with("Last-Event-ID", lastId));
    }

    @Override
    public Optional<PredictionEvent> read(Sse.Event event) {
        PredictionEvent read = switch (event.name()) {
            case "submitted" -> new PredictionEvent.Submitted(as(event, PredictionView.class));
            case "progress" -> new PredictionEvent.Progressed(as(event, Progress.class));
            case "output" -> new PredictionEvent.Output(as(event, ImageView.class));
            case "done" -> new PredictionEvent.Done(as(event, PredictionView.class));
            case "deleted" ->
                new PredictionEvent.Deleted(as(event, KeyEvents.Deleted.class).id());
            case "gap" -> new PredictionEvent.Gap(as(event, KeyEvents.Gap.class).message());
            default -> null;
        };
        return Optional.ofNullable(read).filter(this::isNew);
    }

    private static <T> T as(Sse.Event event, Class<T> type) {
        return Json.event(event.name(), event.data(), type);
    }

    private boolean isNew(PredictionEvent event) {
        return switch (event) {
            case PredictionEvent.Submitted(PredictionView accepted) -> told.first("submitted " + accepted.id());
            case PredictionEvent.Output(ImageView image) -> told.first("output " + image.id() + " " + image.index());
            case PredictionEvent.Done(PredictionView ended) -> told.first("done " + ended.id());
            case PredictionEvent.Deleted(String id) -> told.first("deleted " + id);
            case PredictionEvent.Progressed _, PredictionEvent.Gap _ -> true;
        };
    }

    @Override
    public boolean last(PredictionEvent event) {
        return ofOne && event instanceof PredictionEvent.Done;
    }
}
