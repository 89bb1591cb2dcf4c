package dev.atelier.server.api.atlas;

import dev.atelier.api.Answer;
import dev.atelier.api.Deleted;
import dev.atelier.api.arena.ArenaPromptView;
import dev.atelier.api.arena.ContenderView;
import dev.atelier.api.arena.PromotionView;
import dev.atelier.arena.PromotionGate;
import dev.atelier.prompt.Sampling;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.JsonBody;
import dev.atelier.server.arena.ArenaPrompts;
import dev.atelier.server.arena.Contenders;
import dev.atelier.server.arena.Promotions;
import dev.atelier.server.error.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who meets in the arena, on what prompts, and which aliases get another model for it. */
@RestController
@Tag(name = "Arena")
class ArenaOfficeController {
    private static final String CONTENDERS = "/api/v1/arena/contenders";
    private static final String PROMPTS = "/api/v1/arena/prompts";
    private static final String PROMOTIONS = "/api/v1/arena/promotions";

    private final Contenders contenders;
    private final ArenaPrompts prompts;
    private final Promotions promotions;
    private final JsonBody json;

    ArenaOfficeController(Contenders contenders, ArenaPrompts prompts, Promotions promotions, JsonBody json) {
        this.contenders = contenders;
        this.prompts = prompts;
        this.promotions = promotions;
        this.json = json;
    }

    @PostMapping({CONTENDERS, CONTENDERS + "/"})
    @Operation(summary = "Enter a contender: a model or an alias with the settings that it draws with")
    ResponseEntity<Answer<ContenderView>> enter(HttpServletRequest request) {
        ArenaBody body = new ArenaBody(
                json.read(request),
                Set.of("name", "model", "loras", "steps", "guidance_scale", "precision", "expansion"));
        return AtlasJson.answer(ArenaJson.contender(contenders.enter(new Contenders.Wish(
                body.text("name"),
                body.required("model"),
                body.texts("loras"),
                body.integer("steps", 0),
                body.number("guidance_scale", Sampling.MODEL_GUIDANCE),
                body.text("precision"),
                body.flag("expansion", true)))));
    }

    @GetMapping({CONTENDERS, CONTENDERS + "/"})
    @Operation(summary = "All contenders, also those that were retired")
    ResponseEntity<Answer<List<ContenderView>>> contenders(ApiKey key) {
        return AtlasJson.answer(
                contenders.all().stream().map(ArenaJson::contender).toList());
    }

    /** By a parameter, as names may have slashes in them. */
    @DeleteMapping({CONTENDERS, CONTENDERS + "/"})
    @Operation(summary = "Retire a contender; its votes stay")
    ResponseEntity<Answer<Deleted>> retire(@RequestParam String name) {
        contenders.retire(name);
        return AtlasJson.answer(new Deleted(name, true));
    }

    @PostMapping({PROMPTS, PROMPTS + "/"})
    @Operation(summary = "Add a prompt: words, or an order of one's own by its id")
    ResponseEntity<Answer<ArenaPromptView>> addPrompt(HttpServletRequest request, ApiKey key) {
        ArenaBody body =
                new ArenaBody(json.read(request), Set.of("text", "task", "category", "images", "image", "prediction"));
        if (!body.has("prediction")) {
            return AtlasJson.answer(ArenaJson.prompt(prompts.add(
                    body.text("text"),
                    body.text("task"),
                    body.text("category"),
                    body.integer("images", 1),
                    body.text("image"),
                    key.id())));
        }
        for (String field : List.of("text", "task", "images", "image")) {
            if (body.has(field)) {
                throw ApiException.invalid(field, "does not go with prediction, which brings its own");
            }
        }
        return AtlasJson.answer(
                ArenaJson.prompt(prompts.addFromHistory(body.required("prediction"), body.text("category"), key.id())));
    }

    @GetMapping({PROMPTS, PROMPTS + "/"})
    @Operation(summary = "All prompts that contenders draw")
    ResponseEntity<Answer<List<ArenaPromptView>>> prompts(ApiKey key) {
        return AtlasJson.answer(prompts.all().stream().map(ArenaJson::prompt).toList());
    }

    @DeleteMapping({PROMPTS + "/{id}", PROMPTS + "/{id}/"})
    @Operation(summary = "Remove a prompt; battles of it stay")
    ResponseEntity<Answer<Deleted>> removePrompt(@PathVariable String id) {
        prompts.remove(id);
        return AtlasJson.answer(new Deleted(id, true));
    }

    @PostMapping({PROMOTIONS, PROMOTIONS + "/"})
    @Operation(summary = "Give an alias a contender's model, if votes and evaluation allow it")
    ResponseEntity<Answer<PromotionView>> promote(HttpServletRequest request, ApiKey key) {
        ArenaBody body = new ArenaBody(
                json.read(request), Set.of("alias", "to", "from", "margin", "facts_before", "facts_after"));
        for (String field : List.of("facts_before", "facts_after")) {
            if (!body.has(field)) {
                throw ApiException.invalid(
                        field, "missing; the share of facts that atelier evaluate found drawn, 0 to 1");
            }
        }
        return AtlasJson.answer(ArenaJson.promotion(promotions.promote(
                new Promotions.Wish(
                        body.required("alias"),
                        body.required("to"),
                        body.text("from"),
                        body.number("margin", 0),
                        facts(body)),
                key.name())));
    }

    private static PromotionGate.Facts facts(ArenaBody body) {
        try {
            return new PromotionGate.Facts(body.number("facts_before", 0), body.number("facts_after", 0));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("facts_before", e.getMessage());
        }
    }

    @GetMapping({PROMOTIONS, PROMOTIONS + "/"})
    @Operation(summary = "All promotions with their grounds, the latest first")
    ResponseEntity<Answer<List<PromotionView>>> promotions(ApiKey key) {
        return AtlasJson.answer(
                promotions.all().stream().map(ArenaJson::promotion).toList());
    }

    /** By a parameter, as aliases have slashes in them. */
    @DeleteMapping({PROMOTIONS, PROMOTIONS + "/"})
    @Operation(summary = "Take the latest promotion of an alias back")
    ResponseEntity<Answer<PromotionView>> undo(@RequestParam String alias) {
        return AtlasJson.answer(ArenaJson.promotion(promotions.undo(alias)));
    }
}
