package dev.atelier.server.admission;

import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.References;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.studio.GlyphSetting;
import dev.atelier.studio.LetteredPlan;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Plans what requests ask for: at once, so that a submission is answered at once, and once more where the service's prompt engineer
 * takes its time.
 */
@Component
public class Planner {
    private static final Logger log = LoggerFactory.getLogger(Planner.class);

    private final PromptEngineer engineer;
    private final PromptEngineer rules = PlanningConfiguration.rules();
    private final Catalog catalog;
    private final ModelFolders folders;

    /** @throws IllegalArgumentException when the words of a model are broken */
    Planner(PromptEngineer engineer, Catalog catalog, ModelFolders folders) {
        this.engineer = engineer;
        this.catalog = catalog;
        this.folders = folders;
        catalog.models().forEach(this::checkWords);
    }

    /** Broken words are told at the start; a folder that cannot be read just then is asked again by the first request. */
    private void checkWords(ModelEntry model) {
        try {
            folders.vocabulary(model);
        } catch (UncheckedIOException e) {
            log.warn("the words of {} cannot be read yet: {}", model.id(), e.getMessage());
        }
    }

    /**
     * The engineer's plan where that is immediate, else one by rules; a template's own plan where the request uses one.
     *
     * @throws ApiException or {@link dev.atelier.prompt.InvalidRequestException} when the plan breaks a bound of the model
     */
    GenerationPlan atOnce(GenerationRequest request, Listing listing) {
        PromptEngineer asked = request.template().given() || isRefinedLater(request) ? rules : engineer;
        return requireUnlinked(plan(asked, request, listing.model()), request.references());
    }

    /** With quoted text laid out where the model is to see it. */
    private GenerationPlan plan(PromptEngineer asked, GenerationRequest request, ModelEntry model) {
        GlyphSetting setting = GlyphSetting.parse(model.bounds().glyphReference());
        boolean taught = setting == GlyphSetting.AUTO
                && folders.outline(model).map(ModelOutline::glyphReference).orElse(false);
        ModelProfile profile = model.profile(folders.vocabulary(model));
        return LetteredPlan.of(asked.plan(request, profile), request, profile, taught, setting);
    }

    /** Whether the service's engineer has another plan than {@link #atOnce}, in its time. */
    boolean isRefinedLater(GenerationRequest request) {
        return !request.template().given() && !engineer.isImmediate(request);
    }

    /**
     * The engineer's plan of an accepted order; takes as long as that takes.
     *
     * @throws ApiException or {@link dev.atelier.prompt.InvalidRequestException} when the plan breaks a bound of the request or the model
     */
    public GenerationPlan refined(Prediction.Order order) {
        GenerationRequest request = order.request();
        ModelEntry model = catalog.model(order.servedBy());
        GenerationPlan plan = plan(engineer, request, model);
        int pictures = plan.shots().size();
        int most = mostPictures(request, model);
        if (pictures > most) {
            throw ApiException.invalid(
                    "max_images", "the plan has " + pictures + " pictures; at most " + most + " are allowed");
        }
        if (plan.size().open() && !order.plan().size().open()) {
            throw ApiException.invalid("size", "the plan leaves it open");
        }
        return requireUnlinked(plan, request.references());
    }

    private static int mostPictures(GenerationRequest request, ModelEntry model) {
        int beside =
                GenerationRequest.MAX_PICTURES - request.references().images().size();
        int most = Math.min(beside, model.bounds().images());
        int asked = request.sequence().maxImages();
        return asked > 0 ? Math.min(most, asked) : most;
    }

    private static GenerationPlan requireUnlinked(GenerationPlan plan, References references) {
        if (references.bound() && (plan.linked() || plan.mixed())) {
            throw ApiException.invalid(
                    bindingField(references),
                    "belongs to an edit of one picture; this request is "
                            + (plan.linked() ? "a sequence of " : "for separate edits of ")
                            + plan.shots().size());
        }
        return plan;
    }

    private static String bindingField(References references) {
        if (!references.mask().isEmpty()) {
            return "mask";
        }
        return references.outpaint().isEmpty() ? "strength" : "outpaint";
    }
}
