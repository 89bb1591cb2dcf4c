package dev.atelier.cli;

import dev.atelier.engine.pipeline.AtelierHome;
import dev.atelier.mcp.StartedService;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.llm.EngineerSettings;
import dev.atelier.studio.PipelineOpener;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the commands stand on; a test puts other things in its place.
 *
 * @param variables the process's environment variables
 * @param engineers opens who plans
 * @param service starts the service with settings in the form {@code --NAME=VALUE}
 * @param drawing starts the service for an agent on this machine, with such settings
 */
record Environment(
        Terminal terminal,
        Map<String, String> variables,
        Path home,
        PipelineOpener pipelines,
        Function<EngineerSettings, PromptEngineer> engineers,
        Consumer<String[]> service,
        Function<String[], StartedService> drawing) {
    /** Where models and prepared weights are kept. */
    Path dataFolder() {
        return AtelierHome.of(variables, home);
    }
}
