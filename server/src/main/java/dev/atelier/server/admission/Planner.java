package dev.atelier.server.admission;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.References;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import org.springframework.stereotype.Component;

/**
 * Plans what requests ask for: at once, so that a submission is answered at once, and once more where the service's prompt engineer
 * takes its time.
 */
@Component
public class Planner {
    private final PromptEngineer engineer;
    private final PromptEngineer rules = PlanningConfiguration.rules();
    private final Catalog catalog;

    Planner(PromptEngineer engineer, Catalog catalog) {
        this.engineer = engineer;
        this.catalog = catalog;
    }

    /**
     * The engineer's plan where that is immediate, else one by rules; a template's own plan where the request uses one.
     *
     * @throws ApiException or {@link dev.atelier.prompt.InvalidRequestException} when the plan breaks a bound of the model
     */
    GenerationPlan atOnce(GenerationRequest request, Listing listing) {
        PromptEngineer asked = request.template().given() || isRefinedLater(request) ? rules : engineer;
        return requireUnlinked(asked.plan(request, listing.model().profile()), request.references());
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
        GenerationPlan plan = engineer.plan(request, model.profile());
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
        if (plan.linked() && references.bound()) {
            throw ApiException.invalid(
                    bindingField(references),
                    "belongs to an edit of one picture; this request is a sequence of "
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
