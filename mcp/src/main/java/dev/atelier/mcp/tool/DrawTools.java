package dev.atelier.mcp.tool;

import dev.atelier.api.PredictionView;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools that wait for their pictures. */
final class DrawTools {
    private static final int USUAL_WAIT = 50;
    private static final String SEQUENCE = "sequential_image_generation";
    private static final List<String> PASSED_ON = List.of(
            "model",
            "aspect_ratio",
            "size",
            "width",
            "height",
            "seed",
            "steps",
            "guidance_scale",
            "negative_prompt",
            "output_format",
            "idempotency_key",
            "strength",
            "outpaint");

    ToolAnswer generate(ToolCall call) {
        return drawn(orderImage(call), call);
    }

    ToolAnswer edit(ToolCall call) {
        return drawn(orderEdit(call), call);
    }

    ToolAnswer sequence(ToolCall call) {
        return drawn(orderSequence(call), call);
    }

    PredictionView orderImage(ToolCall call) {
        return call.caller().service().submit(independent(call));
    }

    PredictionView orderEdit(ToolCall call) {
        ObjectNode order = independent(call);
        order.set("images", references(call));
        if (call.arguments().has("mask")) {
            order.put("mask", reference(call.arguments().get("mask").stringValue()));
        }
        return call.caller().service().submit(order);
    }

    PredictionView orderSequence(ToolCall call) {
        ObjectNode order = order(call).put(SEQUENCE, "auto");
        if (call.arguments().has("images")) {
            order.set("images", references(call));
        }
        DrawingService service = call.caller().service();
        if (call.arguments().has("shots")) {
            return service.submit(storyboard(order, call.arguments()));
        }
        if (!call.arguments().has("prompt")) {
            throw new DrawingException(400, "shots: missing; one text a picture, or a prompt with count, is needed");
        }
        return service.submit(
                call.arguments().has("count")
                        ? counted(order, call.arguments().get("count").intValue(), service)
                        : order);
    }

    /** A list of shots, each with what they have in common, so that none depends on how the words are read. */
    private static ObjectNode storyboard(ObjectNode order, ObjectNode arguments) {
        String common = arguments.path("prompt").asString("").strip();
        StringBuilder words = new StringBuilder("Storyboard:");
        int number = 0;
        for (JsonNode shot : arguments.get("shots")) {
            String text = shot.stringValue().strip().replaceFirst("[.。]+$", "");
            words.append(' ').append(++number).append(". ").append(text);
            words.append(common.isEmpty() ? "" : ", " + common.replaceFirst("[.。]+$", ""))
                    .append('.');
        }
        return order.put("prompt", words.toString()).put("max_images", number);
    }

    /** The words as they are when they ask for {@code count} pictures, else with the count before them. */
    private static ObjectNode counted(ObjectNode order, int count, DrawingService service) {
        order.put("max_images", count);
        ObjectNode trial = order.deepCopy();
        trial.remove("idempotency_key");
        if (service.estimate(trial).images() == count) {
            return order;
        }
        return order.put("prompt", count + " pictures of " + order.get("prompt").stringValue());
    }

    private static ObjectNode independent(ToolCall call) {
        return order(call)
                .put(SEQUENCE, "disabled")
                .put("n", call.arguments().path("n").asInt(1));
    }

    private static ObjectNode order(ToolCall call) {
        ObjectNode order = Json.object();
        PASSED_ON.stream()
                .filter(call.arguments()::has)
                .forEach(name -> order.set(name, call.arguments().get(name)));
        if (!order.has("model")) {
            order.put("model", call.caller().service().models().getFirst().model());
        }
        if (call.arguments().has("prompt")) {
            order.set("prompt", call.arguments().get("prompt"));
        }
        return order;
    }

    private static ArrayNode references(ToolCall call) {
        List<String> names = new ArrayList<>();
        call.arguments().get("images").forEach(image -> names.add(reference(image.stringValue())));
        ArrayNode references = Json.array();
        names.forEach(references::add);
        return references;
    }

    /** A picture as orders name it: a resource of this server is a file of the service. */
    private static String reference(String image) {
        return image.startsWith(Drawn.OUTPUTS) ? "media:" + image.substring(Drawn.OUTPUTS.length()) : image;
    }

    private static ToolAnswer drawn(PredictionView submitted, ToolCall call) {
        Duration wait = Duration.ofSeconds(call.arguments().path("wait_seconds").asInt(USUAL_WAIT));
        return Drawn.answer(
                Following.untilEnded(submitted, wait, call), call.caller().service());
    }
}
