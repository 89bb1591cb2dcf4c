package dev.atelier.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds answers against the published document, more strictly than clients do: a field that the document does not know is a fault, as
 * is an operation, a status, a kind of content or an event that it does not name.
 */
final class PublishedDocument {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DONE = "[DONE]";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final ObjectNode document;
    private final Set<String> seen = new TreeSet<>();

    PublishedDocument(JsonNode published) {
        document = (ObjectNode) published.deepCopy();
        close(document);
    }

    /** Objects have the fields that are named and no others. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        node.valueStream().forEach(PublishedDocument::close);
    }

    /** What {@code answer} breaks; empty when it is as published. */
    List<String> faults(String method, String path, HttpResponse<String> answer) {
        String template = template(path);
        JsonNode responses =
                document.get("paths").path(template).path(method.toLowerCase()).path("responses");
        String status = String.valueOf(answer.statusCode());
        JsonNode response = responses.has(status) ? responses.get(status) : responses.path(status.charAt(0) + "XX");
        if (response.isMissingNode()) {
            return List.of(method + " " + path + ": " + status + " is not published");
        }
        if (status.startsWith("2")) {
            seen.add(method.toLowerCase() + " " + template);
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = response.path("content")
                .propertyStream()
                .filter(kind -> type.matches(kind.getKey().replace("*", ".*")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (content == null) {
            return List.of(method + " " + path + ": " + type + " is not published for " + status);
        }
        return switch (type) {
            case "application/json" -> faults(method + " " + path, content.get("schema"), answer.body());
            case "text/event-stream" -> faultsOfEvents(method, path, answer.body());
            default -> List.of();
        };
    }

    /** The faults of the events of a stream, of which there may be more. */
    List<String> faultsOfEvents(String method, String path, String body) {
        String where = method + " " + template(path);
        JsonNode named = document.get("paths")
                .path(template(path))
                .path(method.toLowerCase())
                .at("/responses/200/content")
                .path("text/event-stream")
                .path("x-events");
        seen.add(method.toLowerCase() + " " + template(path));
        List<String> faults = new ArrayList<>();
        for (String event : body.strip().split("\n\n")) {
            String name = field(event, "event:");
            String data = field(event, "data:");
            if (data.equals(DONE) || data.isEmpty()) {
                continue;
            }
            seen.add(where + " " + name);
            if (!named.has(name)) {
                faults.add(where + ": event " + name + " is not published");
            } else {
                faults.addAll(faults(where + " " + name, named.get(name), data));
            }
        }
        return faults;
    }

    private static String field(String event, String name) {
        return event.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElse("");
    }

    /** The faults of a body. */
    List<String> faults(String where, JsonNode schema, String body) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        whole.set("components", document.get("components"));
        Schema compiled = registry.getSchema(whole);
        return compiled.validate(JSON.readTree(body)).stream()
                .map(error -> where + ": " + error)
                .toList();
    }

    /** The published path of a request's, whether it is asked for with a slash at the end or by another root. */
    private String template(String path) {
        String plain =
                path.replaceFirst("[?].*", "").replaceFirst("/$", "").replaceFirst("^/api/v1/public/", "/public/");
        List<String> templates = List.copyOf(document.get("paths").propertyNames());
        return templates.contains(plain)
                ? plain
                : templates.stream()
                        .filter(one -> plain.matches(
                                one.replaceAll("\\{\\*\\w+}", ".+").replaceAll("\\{\\w+}", "[^/]+")))
                        .findFirst()
                        .orElse(plain);
    }

    /** Operations that no answer with success was checked of. */
    List<String> unseen() {
        List<String> unseen = new ArrayList<>();
        document.get("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(operation -> {
                    String name = operation.getKey() + " " + path.getKey();
                    if (!seen.contains(name)) {
                        unseen.add(name);
                    }
                }));
        return unseen;
    }

    /** Everything that was checked: operations, and events with their streams. */
    Set<String> seen() {
        assertThat(seen).isNotEmpty();
        return seen;
    }
}
