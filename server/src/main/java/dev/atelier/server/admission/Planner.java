package dev.atelier.server.admission;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.References;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.error.ApiException;
import org.springframework.stereotype.Component;

/** Plans what requests ask for. */
@Component
class Planner {
    private final PromptEngineer engineer;

    Planner(PromptEngineer engineer) {
        this.engineer = engineer;
    }

    /** @throws ApiException or {@link dev.atelier.prompt.InvalidRequestException} when the plan breaks a bound of the model */
    GenerationPlan plan(GenerationRequest request, Listing listing) {
        GenerationPlan plan = engineer.plan(request, listing.model().profile());
        if (plan.linked() && request.references().bound()) {
            throw ApiException.invalid(
                    bindingField(request.references()),
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
