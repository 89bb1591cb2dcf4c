package dev.atelier.mcp.tool;

import dev.atelier.api.PredictionView;
import dev.atelier.mcp.DrawingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;

/** The tools, in a fixed order: the names and arguments of Atlas Cloud's server for pictures, and three that wait for the pictures. */
public final class Toolbox {
    private static final Logger log = LoggerFactory.getLogger(Toolbox.class);

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final ToolSchemas schemas = new ToolSchemas();

    public Toolbox() {
        DrawTools draw = new DrawTools();
        OrderTools order = new OrderTools();
        CatalogTools catalog = new CatalogTools();
        UsageTools usage = new UsageTools();
        List.of(
                        new Tool("generate_image", true, draw::generate, draw::orderImage),
                        new Tool("edit_image", true, draw::edit, draw::orderEdit),
                        new Tool("make_sequence", true, draw::sequence, draw::orderSequence),
                        Tool.reading("atlas_list_models", catalog::list),
                        Tool.reading("atlas_search_docs", catalog::search),
                        Tool.reading("atlas_get_model_info", catalog::info),
                        Tool.submitting("atlas_generate_image", order::generate),
                        Tool.submitting("atlas_quick_generate", order::quick),
                        Tool.reading("atlas_get_prediction", order::get),
                        Tool.reading("atlas_list_predictions", order::list),
                        Tool.submitting("atlas_upload_media", new MediaTool()::upload),
                        Tool.reading("atlas_get_balance", usage::balance),
                        Tool.reading("atlas_get_model_usage", usage::usage),
                        Tool.reading("atlas_get_model_costs", usage::costs))
                .forEach(tool -> tools.put(tool.name(), tool));
    }

    /** What {@code caller} may call, as {@code tools/list} says it. */
    public ArrayNode list(Caller caller) {
        ArrayNode list = Json.array();
        tools.values().stream()
                .filter(tool -> caller.mayDraw() || !tool.draws())
                .forEach(tool -> list.add(schemas.published(tool.name(), caller)));
        return list;
    }

    /** All tools without what depends on a caller, for whoever has to know them before anyone calls. */
    public ArrayNode all() {
        ArrayNode list = Json.array();
        tools.keySet().forEach(name -> list.add(schemas.plain(name)));
        return list;
    }

    public Optional<Tool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** Calls a tool. Whatever goes wrong is in the answer, in words that say what to do next. */
    public ToolAnswer call(Tool tool, ToolCall call) {
        return refusal(tool, call)
                .orElseGet(() -> guarded(tool, call, () -> tool.work().run(call)));
    }

    /**
     * Submits what a call of a tool that waits orders.
     *
     * @return the prediction, or why there is none
     */
    public Submission submit(Tool tool, ToolCall call) {
        Optional<ToolAnswer> refusal = refusal(tool, call);
        if (refusal.isPresent()) {
            return new Submission(null, refusal.get());
        }
        PredictionView[] made = new PredictionView[1];
        ToolAnswer answer = guarded(tool, call, () -> {
            made[0] = tool.orders().submit(call);
            return ToolAnswer.of("", null);
        });
        return new Submission(made[0], made[0] == null ? answer : null);
    }

    /**
     * @param prediction null when it was refused
     * @param refusal null when it was not
     */
    public record Submission(PredictionView prediction, ToolAnswer refusal) {}

    private Optional<ToolAnswer> refusal(Tool tool, ToolCall call) {
        if (tool.draws() && !call.caller().mayDraw()) {
            return Optional.of(ToolAnswer.failure(
                    tool.name() + ": this key may only read; one with the scope generate is needed for it"));
        }
        List<String> faults = schemas.faults(tool.name(), call);
        return faults.isEmpty() ? Optional.empty() : Optional.of(refused(tool, call, faults));
    }

    private ToolAnswer guarded(Tool tool, ToolCall call, java.util.function.Supplier<ToolAnswer> work) {
        try {
            return work.get();
        } catch (ParameterException e) {
            return ToolAnswer.failure(e.getMessage());
        } catch (DrawingException e) {
            return e.isOfArguments() && tool.draws()
                    ? refused(tool, call, List.of(e.getMessage()))
                    : ToolAnswer.failure(tool.name() + ": " + e.getMessage() + advice(e.status()));
        } catch (RuntimeException e) {
            log.error("tool {} failed", tool.name(), e);
            return ToolAnswer.failure(tool.name() + ": an error of this server, which its log has; try again");
        }
    }

    private ToolAnswer refused(Tool tool, ToolCall call, List<String> faults) {
        return ToolAnswer.failure(schemas.refusal(tool.name(), call.caller(), faults));
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> "; the server needs a valid key of the service";
            case 403 -> "; another key is needed for that";
            case 429 -> "; wait, then call again";
            case 503, 507 -> "; call again in a while";
            default -> "";
        };
    }
}
