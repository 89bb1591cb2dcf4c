package dev.atelier.server;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import java.util.Collections;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlainParts {
    @Bean
    PromptEngineer testEngineer() {
        return (request, model) -> {
            boolean exact = request.size().exact();
            int side = exact ? 0 : model.nativeSize();
            int images = Math.max(1, request.sequence().maxImages());
            return new GenerationPlan(
                    images > 1 ? Task.SEQUENCE : Task.TEXT_TO_IMAGE,
                    exact
                            ? new PlannedSize(
                                    request.size().width(), request.size().height(), 1, 16)
                            : new PlannedSize(side, side, (long) side * side, 16),
                    Collections.nCopies(images, new Shot(request.prompt().text(), List.of(), List.of())),
                    "",
                    List.of(),
                    request.prompt().text());
        };
    }
}
