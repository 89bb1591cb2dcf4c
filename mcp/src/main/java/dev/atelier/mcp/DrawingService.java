package dev.atelier.mcp;

import dev.atelier.api.Estimate;
import dev.atelier.api.History;
import dev.atelier.api.ModelView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import dev.atelier.api.Upload;
import dev.atelier.api.usage.Balance;
import dev.atelier.api.usage.DailyUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service that draws, as one caller of it sees it. Every method throws {@link DrawingException} when the service refuses what is asked
 * or is not there. Safe to use from several threads.
 */
public interface DrawingService {
    /** The names that orders may give, in the order of the catalog. */
    List<ModelView> models();

    /** The JSON Schema of the fields that orders for {@code model} may have. */
    ObjectNode fields(String model);

    /** What {@code model} is, in Markdown. */
    String card(String model);

    /** @param order the fields of an order, with {@code idempotency_key} if it is to be accepted once only */
    PredictionView submit(ObjectNode order);

    /** What {@link #submit} of this order would take. */
    Estimate estimate(ObjectNode order);

    PredictionView get(String id);

    PredictionView cancel(String id);

    History.Page history(HistoryFilter filter);

    /** Tells {@code listener} of the prediction until it has ended or the watching is closed. */
    Watching watch(String id, Listener listener);

    /** @param fileName for people; empty: none */
    Upload upload(String fileName, byte[] file);

    /** @param name the last part of a picture's URL */
    PictureFile picture(String name);

    Balance balance();

    DailyUsage usage(UsageFilter filter);

    /** How long predictions are kept once they have ended; zero: not known. */
    Duration keepsPredictions();

    /**
     * Which predictions are asked for, newest first.
     *
     * @param id of one; empty: all
     * @param model as it was asked for; empty: all
     * @param status empty: all
     * @param limit 1 to 100
     * @param page from 1
     */
    record HistoryFilter(String id, String model, String status, int limit, int page) {}

    /**
     * Which usage is asked for.
     *
     * @param costs money instead of quantities
     * @param query the parameters of the route, such as {@code start_date}, {@code group_by}
     */
    record UsageFilter(boolean costs, Map<String, List<String>> query) {
        public UsageFilter {
            query = Map.copyOf(query);
        }
    }

    /** A picture's file. */
    record PictureFile(String contentType, byte[] content) {}

    /** Hears of a prediction, on any thread; must not wait. */
    interface Listener {
        void progress(Progress progress);

        /** The last call. */
        void ended();
    }

    /** Ends the watching. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
