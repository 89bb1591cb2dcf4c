package dev.atelier.server.arena;

import dev.atelier.engine.image.Picture;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.ReferenceResolver;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What there is to draw: the prompts that come with Atelier, those that callers gave, and orders whose owners gave them. */
@Component
public class ArenaPrompts {
    private static final Pattern CATEGORY = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}|");
    private static final int MOST = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ReferenceResolver references;
    private final BattlePictures pictures;
    private final PredictionService predictions;
    private final Clock clock;
    private final List<ArenaPrompt> builtIn;

    ArenaPrompts(
            JdbcClient jdbc,
            JsonMapper json,
            ReferenceResolver references,
            BattlePictures pictures,
            PredictionService predictions,
            Clock clock,
            ArenaSettings settings) {
        this.jdbc = jdbc;
        this.json = json;
        this.references = references;
        this.pictures = pictures;
        this.predictions = predictions;
        this.clock = clock;
        this.builtIn = settings.builtIn() ? BuiltInPrompts.read() : List.of();
    }

    public List<ArenaPrompt> all() {
        List<ArenaPrompt> all = new ArrayList<>(builtIn);
        all.addAll(
                jdbc.sql("SELECT asked FROM arena_prompt ORDER BY created_at, id").query(String.class).list().stream()
                        .map(asked -> json.readValue(asked, ArenaPrompt.class))
                        .toList());
        return all;
    }

    /**
     * Adds a prompt.
     *
     * @param task label; empty: an edit with an image, else a single picture, or a sequence when more are asked for
     * @param images 1 to 15
     * @param image what an edit starts from, as requests name references; empty: nothing
     * @throws ApiException naming the field at fault
     */
    public ArenaPrompt add(String text, String task, String category, int images, String image, String owner) {
        String words = Prompt.of(text).text();
        if (!CATEGORY.matcher(category).matches()) {
            throw ApiException.invalid("category", "is not 1 to 40 small letters, digits and hyphens");
        }
        if (images < 1 || images > SequenceWish.MAX_IMAGES) {
            throw ApiException.invalid("images", images + " is not in 1 to " + SequenceWish.MAX_IMAGES);
        }
        ArenaPrompt.Task kind = kind(task, images, !image.isEmpty());
        String media = image.isEmpty() ? "" : source(references.admit("image", image, owner), owner);
        return insert(words, kind, category, images, media, ArenaPrompt.Origin.OWN);
    }

    private static ArenaPrompt.Task kind(String task, int images, boolean hasImage) {
        ArenaPrompt.Task given;
        try {
            given = !task.isEmpty()
                    ? ArenaPrompt.Task.of(task)
                    : hasImage
                            ? ArenaPrompt.Task.EDIT
                            : images > 1 ? ArenaPrompt.Task.SEQUENCE : ArenaPrompt.Task.TEXT_TO_IMAGE;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("task", e.getMessage());
        }
        if (given == ArenaPrompt.Task.SEQUENCE != images > 1) {
            throw ApiException.invalid(
                    "images",
                    images + " does not go with " + given.label() + "; a sequence has 2 to 15, everything else 1");
        }
        if (given == ArenaPrompt.Task.EDIT && !hasImage) {
            throw ApiException.invalid("image", "missing; an edit starts from one");
        }
        if (given == ArenaPrompt.Task.TEXT_TO_IMAGE && hasImage) {
            throw ApiException.invalid("image", "does not go with text-to-image");
        }
        return given;
    }

    /**
     * Adds the words, and the picture that it started from, of an order of the caller's own: by naming it, the caller consents.
     *
     * @throws ApiException 404 when it has no such order, 400 when the order starts from several pictures or a mask
     */
    public ArenaPrompt addFromHistory(String prediction, String category, String owner) {
        if (!CATEGORY.matcher(category).matches()) {
            throw ApiException.invalid("category", "is not 1 to 40 small letters, digits and hyphens");
        }
        Prediction found = predictions.get(prediction, owner);
        GenerationRequest request = found.order().request();
        List<String> images = request.references().images();
        if (images.size() > 1 || request.references().bound()) {
            throw ApiException.invalid(
                    "prediction", "starts from several pictures or has a mask, a strength or an outpainting");
        }
        int count = found.order().plan().shots().size();
        boolean sequence = count > 1 && found.order().plan().linked();
        String media = images.isEmpty() ? "" : source(images.getFirst(), owner);
        ArenaPrompt.Task task = sequence
                ? ArenaPrompt.Task.SEQUENCE
                : media.isEmpty() ? ArenaPrompt.Task.TEXT_TO_IMAGE : ArenaPrompt.Task.EDIT;
        return insert(request.prompt().text(), task, category, sequence ? count : 1, media, ArenaPrompt.Origin.HISTORY);
    }

    /** The arena keeps a copy of its own, as the caller's file may go. */
    private String source(String admitted, String owner) {
        Picture picture = references.resolve("image", admitted, owner);
        return pictures.keepSource(picture);
    }

    private ArenaPrompt insert(
            String text, ArenaPrompt.Task task, String category, int images, String media, ArenaPrompt.Origin from) {
        Integer count = jdbc.sql("SELECT COUNT(*) FROM arena_prompt")
                .query(Integer.class)
                .single();
        if (count >= MOST) {
            throw ApiException.conflict("prompts: there are " + MOST + ", the most allowed; remove one first");
        }
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        ArenaPrompt prompt = new ArenaPrompt(
                "prompt_" + HexFormat.of().formatHex(random), text, task, category, images, media, from);
        jdbc.sql("INSERT INTO arena_prompt (id, asked, created_at) VALUES (:id, :asked, :now)")
                .param("id", prompt.id())
                .param("asked", json.writeValueAsString(prompt))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return prompt;
    }

    /** @throws ApiException 404 when there is none, 409 for one that comes with Atelier */
    public void remove(String id) {
        if (builtIn.stream().anyMatch(one -> one.id().equals(id))) {
            throw ApiException.conflict(
                    "prompt: '" + id + "' comes with Atelier; atelier.arena.built-in=false turns all of those off");
        }
        int removed = jdbc.sql("DELETE FROM arena_prompt WHERE id = :id")
                .param("id", id)
                .update();
        if (removed == 0) {
            throw ApiException.notFound("prompt: there is none with this id");
        }
    }
}
