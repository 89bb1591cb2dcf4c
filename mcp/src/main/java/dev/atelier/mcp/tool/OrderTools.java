package dev.atelier.mcp.tool;

import dev.atelier.api.Estimate;
import dev.atelier.api.History;
import dev.atelier.api.ModelView;
import dev.atelier.api.PredictionView;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders that answer at once, and what has become of them. */
final class OrderTools {
    private static final String KEY = "idempotency_key";

    /** Understood in every order, though models do not list them. */
    private static final Set<String> ALSO_KNOWN = Set.of(
            "stream",
            "partial_images",
            "sequential_image_generation",
            "sequential_image_generation_options",
            "optimize_prompt_options",
            "background",
            KEY);

    ToolAnswer generate(ToolCall call) {
        ObjectNode params = ((ObjectNode) call.arguments().get("params")).deepCopy();
        ModelView model = ModelSearch.named(
                call.caller().service().models(), call.arguments().get("model").stringValue());
        return order(model, params, call);
    }

    ToolAnswer quick(ToolCall call) {
        List<String> images = images(call.arguments().path("image_url"));
        ModelView model = ModelSearch.best(
                call.caller().service().models(),
                call.arguments().get("model_keyword").stringValue(),
                !images.isEmpty());
        ObjectNode params =
                call.arguments().get("extra_params") instanceof ObjectNode more ? more.deepCopy() : Json.object();
        params.set("prompt", call.arguments().get("prompt"));
        if (!images.isEmpty()) {
            ArrayNode list = params.putArray("images");
            images.forEach(list::add);
        }
        return order(model, params, call);
    }

    private static List<String> images(JsonNode field) {
        List<String> images = new ArrayList<>();
        if (field.isString()) {
            images.add(field.stringValue());
        }
        if (field.isArray()) {
            field.forEach(one -> images.add(one.stringValue()));
        }
        images.removeIf(String::isBlank);
        return images;
    }

    private static ToolAnswer order(ModelView model, ObjectNode params, ToolCall call) {
        DrawingService service = call.caller().service();
        requireKnown(model, params, service);
        ObjectNode order = Json.object().put("model", model.model());
        params.propertyStream()
                .filter(e -> !e.getKey().equals("model"))
                .forEach(e -> order.set(e.getKey(), e.getValue()));
        if (call.arguments().has(KEY)) {
            order.set(KEY, call.arguments().get(KEY));
        }
        try {
            return call.arguments().path("dry_run").asBoolean(false)
                    ? dryRun(model, order, service)
                    : submitted(model, service.submit(order));
        } catch (DrawingException e) {
            throw e.isOfArguments() ? refused(model, List.of(e.getMessage()), service.fields(model.model())) : e;
        }
    }

    private static void requireKnown(ModelView model, ObjectNode params, DrawingService service) {
        ObjectNode fields = service.fields(model.model());
        List<String> unknown = params.propertyStream()
                .map(e -> e.getKey())
                .filter(name -> !fields.get("properties").has(name) && !ALSO_KNOWN.contains(name))
                .map(name -> name + ": not a parameter of this model")
                .limit(12)
                .toList();
        if (!unknown.isEmpty()) {
            throw refused(model, unknown, fields);
        }
    }

    private static ParameterException refused(ModelView model, List<String> faults, ObjectNode fields) {
        StringBuilder text =
                new StringBuilder("Parameter validation failed for " + model.model() + ", not submitted:\n");
        faults.forEach(fault -> text.append("- ").append(fault).append('\n'));
        return new ParameterException(text.append("\nAllowed parameters (in params):\n")
                .append(Allowed.list(fields))
                .toString());
    }

    private static ToolAnswer submitted(ModelView model, PredictionView prediction) {
        ObjectNode data = Json.object()
                .put("prediction_id", prediction.id())
                .put("status", prediction.state().name().toLowerCase(Locale.ROOT))
                .put("model", prediction.model())
                .put("served_by", prediction.servedBy())
                .put("dry_run", false);
        warnings(data, prediction.warnings());
        return ToolAnswer.of(
                """
                Image order submitted successfully.

                - **Model**: %s (`%s`)
                - **Prediction ID**: `%s`

                Call atlas_get_prediction with this id for the result; pictures take seconds to minutes.
                """.formatted(model.displayName(), model.model(), prediction.id()) + sentences(prediction.warnings()),
                data);
    }

    private static ToolAnswer dryRun(ModelView model, ObjectNode order, DrawingService service) {
        ObjectNode trial = order.deepCopy();
        trial.remove(KEY);
        Estimate estimate = service.estimate(trial);
        ObjectNode data = Json.object()
                .put("model", model.model())
                .put("served_by", model.servedBy())
                .put("dry_run", true)
                .put("images", estimate.images())
                .put("seconds", estimate.seconds())
                .put("price", estimate.price());
        warnings(data, estimate.warnings());
        return ToolAnswer.of(
                """
                # Dry Run

                Nothing was made. This would be sent to POST /api/v1/model/generateImage:
                ```json
                %s
                ```
                - **Pictures**: %d
                - **Seconds**: %s
                - **Price**: $%s
                """.formatted(
                                        order.toPrettyString(),
                                        estimate.images(),
                                        estimate.seconds() == 0 ? "not known yet" : estimate.seconds(),
                                        estimate.price())
                        + sentences(estimate.warnings()),
                data);
    }

    ToolAnswer get(ToolCall call) {
        DrawingService service = call.caller().service();
        return Drawn.answer(service.get(call.arguments().get("prediction_id").stringValue()), service);
    }

    ToolAnswer list(ToolCall call) {
        ObjectNode asked = call.arguments();
        int page = asked.path("page").asInt(1);
        History.Page found = call.caller()
                .service()
                .history(new DrawingService.HistoryFilter(
                        asked.path("prediction_id").asString(""),
                        asked.path("model").asString(""),
                        asked.path("status").asString(""),
                        asked.path("limit").asInt(10),
                        page));
        ObjectNode data = Json.object().put("total", found.total()).put("page", page);
        ArrayNode list = data.putArray("predictions");
        StringBuilder text = new StringBuilder("# Predictions\n\n" + found.total() + " in all, page " + page + "\n");
        for (History.Item item : found.items()) {
            String status = item.status().name().toLowerCase(Locale.ROOT);
            ObjectNode one = list.addObject()
                    .put("prediction_id", item.id())
                    .put("status", status)
                    .put("model", item.model())
                    .put("created_at", item.createdAt());
            ArrayNode outputs = one.putArray("outputs");
            text.append("- `").append(item.id()).append("` — **").append(status).append("** — ");
            text.append(item.result().createdAt())
                    .append(" — `")
                    .append(item.model())
                    .append("`\n");
            item.result().images().stream().filter(image -> image.url() != null).forEach(image -> {
                outputs.add(image.url());
                text.append("  - ").append(image.url()).append('\n');
            });
        }
        return ToolAnswer.of(text.toString(), data);
    }

    private static void warnings(ObjectNode data, List<String> sentences) {
        ArrayNode warnings = data.putArray("warnings");
        sentences.forEach(warnings::add);
    }

    private static String sentences(List<String> warnings) {
        return warnings.isEmpty() ? "" : "\n## Warnings\n- " + String.join("\n- ", warnings) + "\n";
    }
}
