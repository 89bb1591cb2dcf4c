package dev.atelier.prompt.llm;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.SequenceWish;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The request as a language model sees it: a JSON object, so that the person's words stay data. */
final class PlanQuestion {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlanQuestion() {}

    static String of(GenerationRequest request, ModelProfile profile) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("request", request.prompt().text());
        question.put("references", request.references().images().size());
        question.put("max_images", maxImages(request, profile));
        return JSON.writeValueAsString(question);
    }

    /** How many pictures the answer may have. */
    static int maxImages(GenerationRequest request, ModelProfile profile) {
        int wish = request.sequence().maxImages();
        if (request.sequence().mode() == SequenceWish.Mode.DISABLED) {
            return 1;
        }
        int room =
                GenerationRequest.MAX_PICTURES - request.references().images().size();
        return Math.min(wish > 0 ? wish : SequenceWish.MAX_IMAGES, Math.min(room, profile.maxImages()));
    }
}
