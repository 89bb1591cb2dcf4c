package dev.atelier.server.api.atlas;

import dev.atelier.api.Estimate;
import dev.atelier.api.History;
import dev.atelier.api.ModelView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Upload;
import dev.atelier.api.usage.Balance;
import dev.atelier.api.usage.DailyUsage;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.access.RateLimiter;
import dev.atelier.server.api.Asked;
import dev.atelier.server.api.RequestReader;
import dev.atelier.server.api.SubmissionKeys;
import dev.atelier.server.api.Surface;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ListingSchema;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.media.Uploads;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.SubmissionKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The service in this process as agents' tools use it: the same reading, rates and answers as {@code /api/v1}, without HTTP. */
@Component
public class AtlasDrawing {
    private final Catalog catalog;
    private final RequestReader bodies;
    private final PredictionService predictions;
    private final AtlasJson atlas;
    private final HistoryController history;
    private final BillingController billing;
    private final Uploads uploads;
    private final MediaStore media;
    private final RateLimiter rates;
    private final AtelierProperties.Keep keep;

    AtlasDrawing(
            Catalog catalog,
            RequestReader bodies,
            PredictionService predictions,
            AtlasJson atlas,
            HistoryController history,
            BillingController billing,
            Uploads uploads,
            MediaStore media,
            RateLimiter rates,
            AtelierProperties properties) {
        this.catalog = catalog;
        this.bodies = bodies;
        this.predictions = predictions;
        this.atlas = atlas;
        this.history = history;
        this.billing = billing;
        this.uploads = uploads;
        this.media = media;
        this.rates = rates;
        this.keep = properties.keep();
    }

    /**
     * The service as {@code key} sees it.
     *
     * @param base origin of the URLs in answers
     */
    public DrawingService of(ApiKey key, URI base) {
        return new OfKey(key, base);
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (ApiException e) {
            throw translated(e);
        } catch (InvalidRequestException e) {
            throw new DrawingException(400, e.getMessage());
        } catch (RuntimeException e) {
            throw Outages.of(e).<RuntimeException>map(AtlasDrawing::translated).orElse(e);
        }
    }

    private static DrawingException translated(ApiException e) {
        long seconds = e.retryAfter().plusMillis(999).toSeconds();
        return new DrawingException(
                e.status().value(), e.getMessage() + (seconds > 0 ? " (again in " + seconds + " s)" : ""));
    }

    private final class OfKey implements DrawingService {
        private final ApiKey key;
        private final URI base;

        OfKey(ApiKey key, URI base) {
            this.key = key;
            this.base = base;
        }

        @Override
        public List<ModelView> models() {
            return catalog.listings().stream()
                    .map(listing -> ModelsController.entry(listing, base.toString()))
                    .toList();
        }

        @Override
        public ObjectNode fields(String model) {
            return told(() -> {
                Listing listing = catalog.get(model);
                return ListingSchema.of(listing).input(listing.name());
            });
        }

        @Override
        public String card(String model) {
            return told(() -> ModelsController.readme(catalog.get(model), base.toString()));
        }

        @Override
        public PredictionView submit(ObjectNode order) {
            return told(() -> {
                rates.require(key);
                ObjectNode body = order.deepCopy();
                SubmissionKey once = SubmissionKeys.take(body, "generateImage");
                Asked asked = bodies.read(body, Surface.ATLAS);
                Prediction.Delivery delivery = new Prediction.Delivery(
                        base, asked.reply().base64(), asked.webhookUrl(), keep.files(), keep.requests());
                return view(predictions.submit(
                        new PredictionService.Submission(
                                asked.listing(), asked.request(), delivery, asked.warnings(), once),
                        key.owner()));
            });
        }

        @Override
        public Estimate estimate(ObjectNode order) {
            return told(() -> {
                Asked asked = bodies.read(order.deepCopy(), Surface.ATLAS);
                return CalculateController.of(asked, predictions.estimate(asked.listing(), asked.request()));
            });
        }

        @Override
        public PredictionView get(String id) {
            return told(() -> view(predictions.get(id, key.id())));
        }

        @Override
        public PredictionView cancel(String id) {
            return told(() -> view(predictions.cancel(id, key.id())));
        }

        private PredictionView view(Prediction prediction) {
            return atlas.owned(prediction, base);
        }

        @Override
        public History.Page history(HistoryFilter filter) {
            return told(() -> history.page(
                    HistoryController.filter(filter.model(), filter.id(), "", filter.status()),
                    filter.page(),
                    filter.limit(),
                    key,
                    base));
        }

        @Override
        public Watching watch(String id, Listener listener) {
            return told(() -> {
                PredictionService.Subscription subscription =
                        predictions.watch(id, key.id(), event -> tell(event, listener));
                return subscription::close;
            });
        }

        private static void tell(PredictionEvent event, Listener listener) {
            switch (event) {
                case PredictionEvent.Waiting waiting -> listener.progress(EventJson.waiting(waiting.place()));
                case PredictionEvent.Progress step -> listener.progress(EventJson.progress(step));
                case PredictionEvent.Done _ -> listener.ended();
                case PredictionEvent.Preview _, PredictionEvent.OutputReady _ -> {}
            }
        }

        @Override
        public Upload upload(String fileName, byte[] file) {
            return told(() -> {
                rates.require(key);
                StoredMedia stored = uploads.store("file", file, key.id());
                String url =
                        media.url(stored.id(), StoredMedia.Kind.UPLOAD, base).toString();
                return new Upload(
                        url, fileName.isEmpty() ? stored.id() : fileName, stored.contentType(), stored.bytes());
            });
        }

        @Override
        public PictureFile picture(String name) {
            return told(() -> {
                StoredMedia file = media.find(name)
                        .filter(found -> found.owner().equals(key.id()))
                        .orElseThrow(() -> ApiException.notFound("there is no such file, or it has expired"));
                try (InputStream in = media.open(file)) {
                    return new PictureFile(file.contentType(), in.readAllBytes());
                } catch (IOException e) {
                    throw new Outages.StorageException(e);
                }
            });
        }

        @Override
        public Balance balance() {
            return BillingController.balance(key);
        }

        @Override
        public DailyUsage usage(UsageFilter filter) {
            Map<String, String[]> parameters = new HashMap<>();
            filter.query().forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
            return told(() -> billing.days(filter.costs(), parameters, key));
        }

        @Override
        public Duration keepsPredictions() {
            return keep.requests();
        }
    }
}
