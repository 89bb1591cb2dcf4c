package dev.atelier.mcp;

import dev.atelier.api.Estimate;
import dev.atelier.api.History;
import dev.atelier.api.ImageView;
import dev.atelier.api.ModelView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import dev.atelier.api.Upload;
import dev.atelier.api.usage.Balance;
import dev.atelier.api.usage.DailyUsage;
import dev.atelier.api.usage.Money;
import dev.atelier.mcp.tool.Json;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import javax.imageio.ImageIO;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service that draws one-coloured pictures at once. Prompts are orders: {@code wait} holds a prediction until it is canceled, {@code fail}
 * makes it fail.
 */
public final class FakeDrawing implements DrawingService {
    public static final String ORIGIN = "http://localhost:8080";
    private static final Instant THEN = Instant.parse("2026-11-28T10:00:00Z");

    /** What was ordered, in order. */
    public final List<ObjectNode> orders = new ArrayList<>();

    /** Ids of predictions that a caller waits for. */
    public final BlockingQueue<String> watched = new LinkedBlockingQueue<>();

    /** Ids of predictions that were canceled. */
    public final BlockingQueue<String> canceled = new LinkedBlockingQueue<>();

    /** What was uploaded last. */
    public byte[] uploaded;

    private final Map<String, PredictionView> predictions = new LinkedHashMap<>();
    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    @Override
    public List<ModelView> models() {
        return List.of(
                model("seedling-1", "Atelier Seedling 1", "text-to-image", "image-to-image"),
                model("bytedance/seedream-v4.5", "Seedream v4.5", "text-to-image"),
                model("bytedance/seedream-v4.5/edit", "Seedream v4.5 Edit", "image-to-image"));
    }

    private static ModelView model(String id, String name, String... categories) {
        return new ModelView(
                "uuid-" + id,
                id,
                "Image",
                name,
                "The model " + name + ".",
                ORIGIN + "/atelier.svg",
                ORIGIN + "/readme",
                ORIGIN + "/schema",
                List.of(id.contains("edit") ? "edit" : "text-to-image"),
                "Atelier",
                List.of(categories),
                ModelView.Price.FREE,
                true,
                "seedling-1");
    }

    @Override
    public ObjectNode fields(String model) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("prompt").put("type", "string").put("minLength", 1).put("maxLength", 4000);
        properties.putObject("model").put("type", "string");
        properties.putObject("images").put("type", "array").putObject("items").put("type", "string");
        properties.putObject("size").put("type", "string").put("description", "WIDTH*HEIGHT. Or a shape.");
        properties
                .putObject("max_images")
                .put("type", "integer")
                .put("minimum", 1)
                .put("maximum", 15);
        properties.putObject("seed").put("type", "integer").put("default", -1);
        schema.putArray("required").add("model").add("prompt");
        return schema;
    }

    @Override
    public String card(String model) {
        return "# "
                + models().stream()
                        .filter(one -> one.model().equals(model))
                        .findFirst()
                        .orElseThrow(() -> new DrawingException(404, "model: there is none"))
                        .displayName();
    }

    @Override
    public synchronized PredictionView submit(ObjectNode order) {
        requireFine(order);
        orders.add(order.deepCopy());
        String id = String.format("pred_%026d", orders.size());
        predictions.put(id, view(id, order, PredictionView.State.STARTING, List.of(), ""));
        if (!prompt(order).contains("wait")) {
            finish(id, order);
        }
        return predictions.get(id);
    }

    private void finish(String id, ObjectNode order) {
        if (prompt(order).contains("fail")) {
            predictions.put(id, view(id, order, PredictionView.State.FAILED, List.of(), "the model could not"));
            return;
        }
        List<ImageView> images = new ArrayList<>();
        for (int i = 0; i < count(order); i++) {
            String name = id + "-" + i + ".png";
            pictures.put(name, png(64, 48, i));
            images.add(new ImageView(
                    null, i, 7 + i, prompt(order), ORIGIN + "/outputs/" + name, 64, 48, 4, 1.0, 0.1, null));
        }
        predictions.put(id, view(id, order, PredictionView.State.COMPLETED, images, ""));
    }

    private static void requireFine(ObjectNode order) {
        if (!order.has("prompt")) {
            throw new DrawingException(400, "prompt: missing");
        }
        if (order.path("size").asString("").equals("10*10")) {
            throw new DrawingException(400, "size: 10*10 is 100 pixels; at least 65,536 are needed");
        }
    }

    private static String prompt(ObjectNode order) {
        return order.path("prompt").asString("");
    }

    private static int count(ObjectNode order) {
        return order.path("max_images").asInt(order.path("n").asInt(1));
    }

    private static PredictionView view(
            String id, ObjectNode order, PredictionView.State state, List<ImageView> images, String error) {
        boolean ended = state != PredictionView.State.STARTING;
        return new PredictionView(
                id,
                order.path("model").asString("seedling-1"),
                "seedling-1",
                ended ? PredictionView.Status.COMPLETED : PredictionView.Status.STARTING,
                state,
                images.stream().map(ImageView::url).toList(),
                images,
                error,
                error.isEmpty() ? null : PredictionView.ErrorCode.ENGINE,
                new PredictionView.Metrics(ended ? 0.1 : null, ended ? 0.2 : null),
                ended ? 1 : 0,
                7,
                prompt(order),
                prompt(order).contains("kettle") ? List.of("kettle: not known, so it is not drawn") : List.of(),
                List.of("rules"),
                THEN,
                ended ? THEN.toString() : "",
                ended ? THEN.plusSeconds(1).toString() : "",
                null,
                null);
    }

    @Override
    public Estimate estimate(ObjectNode order) {
        requireFine(order);
        int images = prompt(order).startsWith("4 pictures of") ? 4 : 1;
        return new Estimate(images, 64, 48, 1.5, 1000, List.of(), List.of("rules"));
    }

    @Override
    public synchronized PredictionView get(String id) {
        PredictionView found = predictions.get(id);
        if (found == null) {
            throw new DrawingException(404, "prediction: there is none with this id");
        }
        return found;
    }

    @Override
    public synchronized PredictionView cancel(String id) {
        PredictionView found = get(id);
        if (found.state() != PredictionView.State.STARTING) {
            throw new DrawingException(409, "prediction " + id + " has ended");
        }
        ObjectNode order = Json.object().put("prompt", found.revisedPrompt()).put("model", found.model());
        predictions.put(id, view(id, order, PredictionView.State.CANCELED, List.of(), "canceled by the caller"));
        canceled.add(id);
        Listener listener = listeners.remove(id);
        if (listener != null) {
            listener.ended();
        }
        return predictions.get(id);
    }

    @Override
    public synchronized History.Page history(HistoryFilter filter) {
        List<History.Item> items = predictions.values().stream()
                .filter(one -> filter.id().isEmpty() || one.id().equals(filter.id()))
                .map(one -> new History.Item(one.id(), one.model(), one.state(), THEN.getEpochSecond(), "{}", one))
                .toList();
        return new History.Page(
                items.size(),
                filter.page(),
                filter.limit(),
                items.stream().limit(filter.limit()).toList());
    }

    @Override
    public synchronized Watching watch(String id, Listener listener) {
        listener.progress(Progress.waiting(1, 1, 3.0));
        if (get(id).state() != PredictionView.State.STARTING) {
            listener.ended();
        } else {
            listeners.put(id, listener);
        }
        watched.add(id);
        return () -> listeners.remove(id);
    }

    @Override
    public Upload upload(String fileName, byte[] file) {
        uploaded = file.clone();
        return new Upload(
                ORIGIN + "/uploads/up.png", fileName.isEmpty() ? "up.png" : fileName, "image/png", file.length);
    }

    @Override
    public PictureFile picture(String name) {
        byte[] picture = pictures.get(name);
        if (picture == null) {
            throw new DrawingException(404, "there is no such file, or it has expired");
        }
        return new PictureFile("image/png", picture);
    }

    @Override
    public Balance balance() {
        return Balance.of("self", new Balance.Account("local", "local", "key"));
    }

    @Override
    public DailyUsage usage(UsageFilter filter) {
        DailyUsage.Row row =
                new DailyUsage.Row(null, null, null, 3, null, null, null, null, filter.costs() ? Money.NOTHING : null);
        DailyUsage.Bucket day = new DailyUsage.Bucket(
                "bucket", filter.query().get("start_date").getFirst(), THEN, THEN, false, List.of(row));
        return new DailyUsage("model_usage", "self", List.of(day), false, null);
    }

    @Override
    public Duration keepsPredictions() {
        return Duration.ofHours(336);
    }

    /** A picture of one colour with a stripe. */
    public static byte[] png(int width, int height, int seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(40 + seed * 50 % 200, 120, 200));
        pen.fillRect(0, 0, width, height);
        pen.setColor(Color.YELLOW);
        pen.fillRect(0, 0, width / 4, height);
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
