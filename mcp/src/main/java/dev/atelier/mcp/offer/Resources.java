package dev.atelier.mcp.offer;

import dev.atelier.api.ModelView;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.tool.Drawn;
import dev.atelier.mcp.tool.Json;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Predictions, pictures and model cards under {@code atelier:} URIs. */
public final class Resources {
    public static final String PREDICTION = "atelier://predictions/{id}";
    public static final String OUTPUT = Drawn.OUTPUTS + "{name}";
    public static final String MODEL = "atelier://models/{model}";
    public static final String MODELS = "atelier://models";

    private static final String MARKDOWN = "text/markdown";
    private static final String JSON = "application/json";
    private static final Pattern ONE = Pattern.compile("atelier://(predictions|outputs|models)/([^/]{1,400})");

    /** Resources with fixed names. */
    public ArrayNode list() {
        ArrayNode list = Json.array();
        list.addObject()
                .put("uri", MODELS)
                .put("name", "models")
                .put("title", "Models of this service")
                .put("description", "Every model id that tools take, with what it is for.")
                .put("mimeType", MARKDOWN);
        return list;
    }

    /** Resources whose names have a part that is filled in. */
    public ArrayNode templates() {
        ArrayNode list = Json.array();
        template(list, PREDICTION, "prediction", "A prediction", "State, pictures and order of a prediction.", JSON);
        template(list, OUTPUT, "output", "A picture", "A finished picture in full size.", "image/*");
        template(list, MODEL, "model", "A model's card", "What a model is; slashes of its id are %2F.", MARKDOWN);
        return list;
    }

    private static void template(
            ArrayNode list, String uri, String name, String title, String description, String contentType) {
        list.addObject()
                .put("uriTemplate", uri)
                .put("name", name)
                .put("title", title)
                .put("description", description)
                .put("mimeType", contentType);
    }

    /**
     * What {@code resources/read} answers as an entry of {@code contents}.
     *
     * @return empty when there is no such resource
     * @throws DrawingException when the service is not there
     */
    public Optional<ObjectNode> read(String uri, DrawingService service) {
        if (uri.equals(MODELS)) {
            return Optional.of(text(uri, MARKDOWN, models(service.models())));
        }
        Matcher one = ONE.matcher(uri);
        if (!one.matches()) {
            return Optional.empty();
        }
        try {
            String name = decoded(one.group(2));
            return Optional.of(
                    switch (one.group(1)) {
                        case "predictions" -> text(uri, JSON, Json.MAPPER.writeValueAsString(service.get(name)));
                        case "models" -> text(uri, MARKDOWN, service.card(name));
                        default -> picture(uri, service.picture(name));
                    });
        } catch (DrawingException e) {
            if (e.isOfArguments()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The URI of a model's card. */
    public static String card(String model) {
        return "atelier://models/"
                + URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }

    private static String models(List<ModelView> models) {
        StringBuilder text = new StringBuilder("# Models\n\n");
        models.forEach(model -> text.append("- `")
                .append(model.model())
                .append("`: ")
                .append(model.profile())
                .append(" Card: ")
                .append(card(model.model()))
                .append('\n'));
        return text.toString();
    }

    private static ObjectNode text(String uri, String contentType, String text) {
        return Json.object().put("uri", uri).put("mimeType", contentType).put("text", text);
    }

    private static ObjectNode picture(String uri, DrawingService.PictureFile file) {
        return Json.object()
                .put("uri", uri)
                .put("mimeType", file.contentType())
                .put("blob", Base64.getEncoder().encodeToString(file.content()));
    }
}
