package dev.atelier.mcp.offer;

import dev.atelier.api.History;
import dev.atelier.api.ModelView;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.tool.Drawn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Values that a client offers while an argument of a prompt or a resource's name is typed. */
public final class Completions {
    private static final int MOST = 100;
    private static final int RECENT = 50;

    private final Prompts prompts;

    public Completions(Prompts prompts) {
        this.prompts = prompts;
    }

    /**
     * Those of {@code argument} that begin with {@code begun}, then those that have it in them; at most {@value #MOST}.
     *
     * @param resource whether it is a part of a resource's name rather than an argument of a prompt
     */
    public List<String> of(boolean resource, String argument, String begun, DrawingService service) {
        String lower = begun.toLowerCase(Locale.ROOT);
        List<String> all = resource ? ofResource(argument, service) : ofPrompt(argument, service);
        List<String> beginning = all.stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(lower))
                .toList();
        List<String> having = all.stream()
                .filter(value -> !beginning.contains(value)
                        && value.toLowerCase(Locale.ROOT).contains(lower))
                .toList();
        return java.util.stream.Stream.concat(beginning.stream(), having.stream())
                .limit(MOST)
                .toList();
    }

    private List<String> ofPrompt(String argument, DrawingService service) {
        return argument.equals("model")
                ? service.models().stream().map(ModelView::model).toList()
                : prompts.choices(argument);
    }

    private static List<String> ofResource(String argument, DrawingService service) {
        return switch (argument) {
            case "model" ->
                service.models().stream()
                        .map(model -> URLEncoder.encode(model.model(), StandardCharsets.UTF_8))
                        .toList();
            case "id" -> recent(service).stream().map(History.Item::id).toList();
            case "name" ->
                recent(service).stream()
                        .flatMap(item -> item.result().images().stream())
                        .filter(image -> image.url() != null)
                        .map(image -> Drawn.name(image.url()))
                        .toList();
            default -> List.of();
        };
    }

    private static List<History.Item> recent(DrawingService service) {
        return service.history(new DrawingService.HistoryFilter("", "", "", RECENT, 1))
                .items();
    }
}
