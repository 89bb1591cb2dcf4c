package dev.atelier.mcp.tool;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.atelier.api.ModelView;
import dev.atelier.mcp.DrawingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code tools.yaml} says of the tools: as clients read it, and as arguments are checked. */
final class ToolSchemas {
    private static final String PROPERTIES = "properties";
    private static final String LOCAL = "x-local";
    private static final String MODELS = "x-models";

    private final Map<String, Described> byName = new LinkedHashMap<>();

    /**
     * @param published as {@code tools/list} says it, for a caller on this machine
     * @param remote checks the arguments of other callers
     */
    private record Described(ObjectNode published, ObjectNode ofOthers, Schema local, Schema remote) {
        ObjectNode published(boolean here) {
            return here ? published : ofOthers;
        }
    }

    ToolSchemas() {
        ObjectNode file = Json.resource("tools.yaml");
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        file.get("tools").propertyStream().forEach(entry -> {
            ObjectNode input = input((ObjectNode) entry.getValue(), file.get("fields"));
            ObjectNode published = published(entry.getKey(), (ObjectNode) entry.getValue(), input, file.get("outputs"));
            ObjectNode ofOthers = withoutLocal(published);
            byName.put(
                    entry.getKey(),
                    new Described(
                            withoutMarks(published),
                            withoutMarks(ofOthers),
                            registry.getSchema(withoutMarks(published).get("inputSchema")),
                            registry.getSchema(withoutMarks(ofOthers).get("inputSchema"))));
        });
    }

    private static ObjectNode input(ObjectNode tool, JsonNode shared) {
        ObjectNode properties = Json.object();
        if (tool.get("fields") instanceof ObjectNode own) {
            properties.setAll(own);
        }
        tool.path("with").forEach(group -> properties.setAll((ObjectNode) shared.get(group.stringValue())));
        ObjectNode input = Json.object().put("type", "object");
        input.set(PROPERTIES, properties);
        if (!tool.get("required").isEmpty()) {
            input.set("required", tool.get("required"));
        }
        return input.put("additionalProperties", false);
    }

    private static ObjectNode published(String name, ObjectNode tool, ObjectNode input, JsonNode outputs) {
        boolean reads = tool.get("scope").stringValue().equals("read");
        ObjectNode published = Json.object()
                .put("name", name)
                .put("title", tool.get("title").stringValue())
                .put("description", tool.get("description").stringValue().strip());
        published.set("inputSchema", input);
        published.set("outputSchema", outputs.get(tool.get("output").stringValue()));
        published
                .putObject("annotations")
                .put("title", tool.get("title").stringValue())
                .put("readOnlyHint", reads)
                .put("destructiveHint", false)
                .put("idempotentHint", reads)
                .put("openWorldHint", !reads);
        return published;
    }

    private static ObjectNode withoutLocal(ObjectNode published) {
        ObjectNode others = published.deepCopy();
        ObjectNode properties = (ObjectNode) others.at("/inputSchema/properties");
        List<String> local = properties
                .propertyStream()
                .filter(e -> e.getValue().has(LOCAL))
                .map(Map.Entry::getKey)
                .toList();
        properties.remove(local);
        return others;
    }

    private static ObjectNode withoutMarks(ObjectNode published) {
        ObjectNode plain = published.deepCopy();
        plain.at("/inputSchema/properties").forEach(field -> ((ObjectNode) field).remove(LOCAL));
        return plain;
    }

    /** A tool for everyone. */
    ObjectNode plain(String name) {
        ObjectNode plain = byName.get(name).published().deepCopy();
        plain.at("/inputSchema/properties").forEach(field -> ((ObjectNode) field).remove(MODELS));
        return plain;
    }

    /** A tool as {@code caller} may call it, with the service's models. */
    ObjectNode published(String name, Caller caller) {
        ObjectNode tool = byName.get(name).published(caller.local()).deepCopy();
        tool.at("/inputSchema/properties").forEach(field -> {
            if (((ObjectNode) field).remove(MODELS) != null) {
                List<String> models = models(caller);
                if (!models.isEmpty()) {
                    ArrayNode choices = ((ObjectNode) field).putArray("enum");
                    models.forEach(choices::add);
                }
            }
        });
        return tool;
    }

    /** None while the service is not there: what is published then is only less exact. */
    private static List<String> models(Caller caller) {
        try {
            return caller.service().models().stream().map(ModelView::model).toList();
        } catch (DrawingException _) {
            return List.of();
        }
    }

    /** What is wrong with a call's arguments, a sentence each; the first dozen. */
    List<String> faults(String name, ToolCall call) {
        Described tool = byName.get(name);
        boolean here = call.caller().local();
        ObjectNode schema = (ObjectNode) tool.published(here).get("inputSchema");
        List<String> faults = new ArrayList<>(Faults.of(call.arguments(), schema, here ? tool.local() : tool.remote()));
        if (!here && call.arguments().has("file_path")) {
            faults.add(
                    "file_path: a path is read where this server runs, so it is known over stdio only; send data instead");
        }
        return faults.stream().limit(12).toList();
    }

    /** Says what is wrong, and everything that is allowed. */
    String refusal(String name, Caller caller, List<String> faults) {
        StringBuilder text =
                new StringBuilder("Parameter validation failed for " + name + ", nothing was submitted:\n");
        faults.forEach(fault -> text.append("- ").append(fault).append('\n'));
        return text.append("\nAllowed parameters:\n")
                .append(Allowed.list((ObjectNode) published(name, caller).get("inputSchema")))
                .toString();
    }
}
