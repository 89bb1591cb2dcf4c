package dev.atelier.server.api.atlas;

import dev.atelier.api.Answer;
import dev.atelier.api.TemplateView;
import dev.atelier.prompt.template.Slot;
import dev.atelier.prompt.template.Template;
import dev.atelier.prompt.template.Templates;
import dev.atelier.prompt.template.Wording;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The templates that orders may use. */
@RestController
@Tag(name = "Models")
class TemplatesController {
    private final List<TemplateView> templates =
            Templates.all().stream().map(TemplatesController::view).toList();

    @GetMapping({"/api/v1/model/templates", "/api/v1/model/templates/"})
    @Operation(summary = "Templates of prompts for eight industries, with their slots")
    ResponseEntity<Answer<List<TemplateView>>> list() {
        return AtlasJson.answer(templates);
    }

    private static TemplateView view(Template template) {
        return new TemplateView(
                template.name(),
                template.version(),
                text(template.industry()),
                text(template.title()),
                text(template.description()),
                template.slots().stream().map(TemplatesController::slot).toList(),
                text(template.example()));
    }

    private static TemplateView.Slot slot(Slot slot) {
        boolean count = slot.type() == Slot.Type.COUNT;
        return new TemplateView.Slot(
                slot.name(),
                slot.type().label(),
                text(slot.title()),
                slot.required(),
                slot.required() ? null : text(slot.preset()),
                slot.required() ? text(slot.example()) : null,
                count ? slot.min() : null,
                count ? slot.max() : null,
                slot.type() == Slot.Type.TEXT ? slot.max() : null,
                slot.choices().isEmpty() ? null : slot.choices());
    }

    private static TemplateView.Text text(Wording wording) {
        return new TemplateView.Text(wording.en(), wording.zh());
    }
}
