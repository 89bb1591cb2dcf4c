package dev.atelier.mcp.tool;

import dev.atelier.api.usage.Balance;
import dev.atelier.api.usage.DailyUsage;
import dev.atelier.mcp.DrawingService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a key has used; nothing costs anything. */
final class UsageTools {
    ToolAnswer balance(ToolCall call) {
        Balance balance = call.caller().service().balance();
        String available = balance.available().value();
        ObjectNode data = Json.object()
                .put("scope", balance.scope())
                .put("account_name", balance.account().name())
                .put("available", available)
                .put("currency", balance.available().currency())
                .put("credit_grant", balance.creditGrant().status());
        return ToolAnswer.of(
                """
                - **Account**: %s (%s)
                - **Available**: %s %s
                - **Credit Grant**: %s
                """.formatted(
                                balance.account().name(),
                                balance.scope(),
                                available,
                                balance.available().currency(),
                                balance.creditGrant().status()),
                data);
    }

    ToolAnswer usage(ToolCall call) {
        return days("Usage", false, call);
    }

    ToolAnswer costs(ToolCall call) {
        return days("Costs", true, call);
    }

    private static ToolAnswer days(String title, boolean costs, ToolCall call) {
        DailyUsage usage =
                call.caller().service().usage(new DrawingService.UsageFilter(costs, query(call.arguments())));
        ObjectNode data = Json.object().put("scope", usage.scope());
        ArrayNode buckets = data.putArray("buckets");
        StringBuilder text = new StringBuilder("# " + title + "\n\n- **Scope**: " + usage.scope() + "\n- **Days**: "
                + usage.data().size() + "\n");
        for (DailyUsage.Bucket day : usage.data()) {
            JsonNode results = Json.MAPPER.valueToTree(day.results());
            buckets.addObject()
                    .put("date", day.date())
                    .put("partial", day.partial())
                    .set("results", results);
            if (!day.results().isEmpty()) {
                text.append("- ")
                        .append(day.date())
                        .append(": ")
                        .append(results)
                        .append('\n');
            }
        }
        data.put("has_more", usage.hasMore()).put("next_page", usage.nextPage());
        if (usage.hasMore()) {
            text.append("\nMore with \"page\": \"").append(usage.nextPage()).append("\".\n");
        }
        return ToolAnswer.of(text.toString(), data);
    }

    private static Map<String, List<String>> query(ObjectNode arguments) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        arguments
                .propertyStream()
                .forEach(e -> query.put(
                        e.getKey(),
                        e.getValue().isArray()
                                ? e.getValue()
                                        .valueStream()
                                        .map(JsonNode::asString)
                                        .toList()
                                : List.of(e.getValue().asString())));
        return query;
    }
}
