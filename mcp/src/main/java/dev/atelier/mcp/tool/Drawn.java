package dev.atelier.mcp.tool;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A prediction as tools answer it: words, data, a link a picture, and one preview of all. */
public final class Drawn {
    /** Where a picture is read as a resource, without its name. */
    public static final String OUTPUTS = "atelier://outputs/";

    private static final Logger log = LoggerFactory.getLogger(Drawn.class);

    private Drawn() {}

    /** @param service reads the pictures for the preview */
    public static ToolAnswer answer(PredictionView prediction, DrawingService service) {
        List<ImageView> made = prediction.images().stream()
                .filter(image -> image.url() != null)
                .toList();
        boolean failed = Following.hasEnded(prediction) && prediction.state() != PredictionView.State.COMPLETED;
        return new ToolAnswer(text(prediction, made), data(prediction), links(made), preview(made, service), failed);
    }

    /** Whether nothing of it changes any more. */
    public static boolean hasEnded(PredictionView prediction) {
        return Following.hasEnded(prediction);
    }

    /** The last part of a picture's URL. */
    public static String name(String url) {
        String path = url.split("[?#]", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String text(PredictionView prediction, List<ImageView> made) {
        StringBuilder text = new StringBuilder(headline(prediction, made.size())).append("\n\n");
        text.append("- **Prediction ID**: `").append(prediction.id()).append("`\n");
        text.append("- **Model**: `")
                .append(prediction.model())
                .append("` (served by `")
                .append(prediction.servedBy())
                .append("`)\n");
        text.append("- **Status**: ").append(state(prediction)).append('\n');
        text.append("- **Seed**: ").append(prediction.seed()).append('\n');
        if (prediction.metrics().predictTime() != null) {
            text.append("- **Latency**: ")
                    .append(prediction.metrics().predictTime())
                    .append(" s\n");
        }
        if (!prediction.error().isEmpty()) {
            text.append("\n## Error");
            if (prediction.errorCode() != null) {
                text.append(" [").append(code(prediction)).append(']');
            }
            text.append('\n').append(prediction.error()).append('\n');
        }
        if (!prediction.images().isEmpty()) {
            text.append("\n## Output\n");
            prediction.images().forEach(image -> text.append(line(image)).append('\n'));
        }
        if (!prediction.warnings().isEmpty()) {
            text.append("\n## Warnings\n");
            prediction
                    .warnings()
                    .forEach(warning -> text.append("- ").append(warning).append('\n'));
        }
        return text.toString();
    }

    private static String headline(PredictionView prediction, int made) {
        String pictures = made == 1 ? "1 picture" : made + " pictures";
        return switch (prediction.state()) {
            case COMPLETED ->
                pictures + " made. Start from one with edit_image and its URL; the same seed draws it again.";
            case FAILED -> "No picture was made; the reason is below. Change the arguments or try again.";
            case CANCELED -> "Canceled" + (made == 0 ? "." : " after " + pictures + ".");
            default ->
                String.format(
                        Locale.ROOT,
                        "Still being made (%d %%). Call atlas_get_prediction with this id in a while.",
                        Math.round(prediction.progress() * 100));
        };
    }

    private static String line(ImageView image) {
        int number = image.index() + 1;
        if (image.url() == null) {
            return number + ". no picture: " + image.error();
        }
        String size = image.width() == null ? "" : image.width() + "x" + image.height() + ", ";
        return number + ". [image] " + image.url() + " (" + size + "seed " + image.seed() + ", resource " + OUTPUTS
                + name(image.url()) + ")";
    }

    private static ObjectNode data(PredictionView prediction) {
        ObjectNode data = Json.object()
                .put("prediction_id", prediction.id())
                .put("status", state(prediction))
                .put("model", prediction.model())
                .put("served_by", prediction.servedBy())
                .put("progress", prediction.progress())
                .put("seed", prediction.seed());
        ArrayNode images = data.putArray("images");
        for (ImageView image : prediction.images()) {
            ObjectNode one = images.addObject().put("index", image.index());
            if (image.url() != null) {
                one.put("url", image.url()).put("resource", OUTPUTS + name(image.url()));
            }
            if (image.width() != null) {
                one.put("width", image.width()).put("height", image.height());
            }
            one.put("seed", image.seed()).put("prompt", image.prompt());
            if (image.error() != null) {
                one.put("error", image.error());
            }
        }
        ArrayNode warnings = data.putArray("warnings");
        prediction.warnings().forEach(warnings::add);
        data.put("error", prediction.error());
        if (prediction.errorCode() != null) {
            data.put("error_code", code(prediction));
        }
        return data;
    }

    private static List<ToolAnswer.Link> links(List<ImageView> made) {
        List<ToolAnswer.Link> links = new ArrayList<>();
        for (ImageView image : made) {
            String name = name(image.url());
            links.add(new ToolAnswer.Link(OUTPUTS + name, name, image.prompt(), contentType(name)));
        }
        return links;
    }

    private static String contentType(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return "image/" + (extension.equals("jpg") ? "jpeg" : extension);
    }

    /** Null when there are no pictures, or none can be read: the rest of the answer is true without it. */
    private static byte[] preview(List<ImageView> made, DrawingService service) {
        if (made.isEmpty()) {
            return null;
        }
        try {
            return Preview.of(made.stream()
                    .<Supplier<byte[]>>map(
                            image -> () -> service.picture(name(image.url())).content())
                    .toList());
        } catch (DrawingException | IllegalArgumentException e) {
            log.warn("no preview of a prediction: {}", e.getMessage());
            return null;
        }
    }

    private static String state(PredictionView prediction) {
        return prediction.state().name().toLowerCase(Locale.ROOT);
    }

    private static String code(PredictionView prediction) {
        return prediction.errorCode().name().toLowerCase(Locale.ROOT);
    }
}
