package dev.atelier.mcp.tool;

import dev.atelier.api.ModelView;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The models there are. */
final class CatalogTools {
    private static final int USUAL_LIMIT = 60;

    ToolAnswer list(ToolCall call) {
        String query = call.arguments().path("query").asString("").strip();
        List<ModelView> found = ModelSearch.withWords(call.caller().service().models(), query);
        int limit = call.arguments().path("limit").asInt(USUAL_LIMIT);
        return answer("# Models", query, found, limit);
    }

    ToolAnswer search(ToolCall call) {
        String query = call.arguments().get("query").stringValue().strip();
        List<ModelView> found = ModelSearch.withWords(call.caller().service().models(), query);
        ToolAnswer answer = answer("# Models for '" + query + "'", query, found, found.size());
        if (found.size() != 1) {
            return answer;
        }
        return ToolAnswer.of(
                answer.text() + "\n\n" + page(found.getFirst(), call).text(), answer.structured());
    }

    ToolAnswer info(ToolCall call) {
        String name = call.arguments().get("model").stringValue();
        return page(ModelSearch.named(call.caller().service().models(), name), call);
    }

    private static ToolAnswer answer(String heading, String query, List<ModelView> found, int limit) {
        List<ModelView> shown = found.subList(0, Math.min(limit, found.size()));
        ObjectNode data = Json.object();
        if (!query.isEmpty()) {
            data.put("query", query);
        }
        data.put("count", shown.size()).put("total_count", found.size());
        ArrayNode models = data.putArray("models");
        StringBuilder text = new StringBuilder(heading).append("\n\n");
        text.append(
                found.isEmpty()
                        ? "No model has all these words; atlas_list_models without a query lists them all.\n"
                        : shown.size() == found.size()
                                ? "Total: " + found.size() + " models\n"
                                : "Showing " + shown.size() + " of " + found.size() + "\n");
        for (ModelView model : shown) {
            ObjectNode entry = models.addObject()
                    .put("model", model.model())
                    .put("name", model.displayName())
                    .put("profile", model.profile())
                    .put("organization", model.organization())
                    .put("served_by", model.servedBy());
            ArrayNode categories = entry.putArray("categories");
            model.categories().forEach(categories::add);
            text.append("- `")
                    .append(model.model())
                    .append("` — ")
                    .append(model.displayName())
                    .append(" · ")
                    .append(String.join(", ", model.categories()))
                    .append('\n');
        }
        return ToolAnswer.of(text.toString(), data);
    }

    private static ToolAnswer page(ModelView model, ToolCall call) {
        ObjectNode fields = call.caller().service().fields(model.model());
        String price = model.price().actual().basePrice();
        ObjectNode data = Json.object()
                .put("model", model.model())
                .put("name", model.displayName())
                .put("served_by", model.servedBy())
                .put("price", price);
        data.set("fields", fields);
        String text = """
                # %s

                > %s

                - **Model ID**: `%s`
                - **Type**: Image
                - **Provider**: %s
                - **Served by**: `%s`
                - **Tags**: %s

                ## Pricing
                $%s/image: nothing costs anything here.

                ## Parameters
                %s

                Order with generate_image, edit_image or make_sequence and "model": "%s", or with atlas_generate_image and these fields in params.
                """.formatted(
                        model.displayName(),
                        model.profile(),
                        model.model(),
                        model.organization(),
                        model.servedBy(),
                        String.join(", ", model.tags()),
                        price,
                        Allowed.list(fields),
                        model.model());
        return ToolAnswer.of(text, data);
    }
}
