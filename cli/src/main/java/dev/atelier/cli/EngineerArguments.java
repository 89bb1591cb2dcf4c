package dev.atelier.cli;

import dev.atelier.cli.Converters.DurationValue;
import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.tensor.Device;
import dev.atelier.prompt.llm.EngineerSettings;
import dev.atelier.prompt.llm.EngineerSettings.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who plans; what the command line leaves out, the service's settings in the environment say. */
final class EngineerArguments {
    private static final String VARIABLE = "ATELIER_PROMPT_";

    /** Whoever waits for one picture waits longer than a service may. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Option(
            names = "--engineer",
            paramLabel = "rules|local|endpoint",
            order = 70,
            description = {
                "Who reads the prompt: rules, a language model in this process, or one behind an OpenAI-compatible endpoint",
                "(default: ATELIER_PROMPT_ENGINEER, else rules)."
            })
    private Kind engineer;

    @Option(
            names = "--engineer-model",
            paramLabel = "DIR|NAME",
            order = 71,
            description = {
                "Folder or name of a local language model (a Qwen3, or a FLUX.2 that has one), or the endpoint's name for one",
                "(default: ATELIER_PROMPT_MODEL)."
            })
    private String model;

    @Option(
            names = "--engineer-url",
            paramLabel = "URL",
            order = 72,
            description =
                    "Base of the endpoint, as in http://localhost:11434/v1 (default: ATELIER_PROMPT_URL). Its key is read from"
                            + " ATELIER_PROMPT_KEY.")
    private String url;

    @Option(
            names = "--engineer-timeout",
            paramLabel = "TIME",
            order = 73,
            converter = DurationValue.class,
            description =
                    "How long an answer may take before the rules plan (default: ATELIER_PROMPT_TIMEOUT, else 1m).")
    private Duration timeout;

    /**
     * @param device where a local language model runs
     * @param folder finds the folder of a local language model's name
     * @throws UsageException naming the option that is missing or wrong
     */
    EngineerSettings settings(Environment environment, Device device, UnaryOperator<String> folder) {
        try {
            Kind kind = engineer == null ? kind(variable(environment, "ENGINEER", "rules")) : engineer;
            String named = model == null ? variable(environment, "MODEL", "") : model;
            EngineerSettings settings = new EngineerSettings(
                    kind,
                    kind == Kind.LOCAL && !named.isBlank() ? folder.apply(named) : named,
                    url == null ? variable(environment, "URL", "") : url,
                    variable(environment, "KEY", ""),
                    device,
                    timeout == null ? timeout(environment) : timeout);
            for (String idle : settings.idle()) {
                if (idle.equals("model") ? model != null : url != null) {
                    environment
                            .terminal()
                            .note("note: --engineer-" + idle + " does nothing with --engineer " + label(kind));
                }
            }
            return settings;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--engineer-" + e.getMessage());
        }
    }

    private static Duration timeout(Environment environment) {
        String given = variable(environment, "TIMEOUT", "");
        try {
            return given.isEmpty() ? PATIENCE : new DurationValue().convert(given);
        } catch (TypeConversionException e) {
            throw new UsageException(VARIABLE + "TIMEOUT: " + e.getMessage());
        }
    }

    private static Kind kind(String text) {
        for (Kind kind : Kind.values()) {
            if (label(kind).equals(text.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new UsageException(VARIABLE + "ENGINEER: '" + text + "' is none of rules, local, endpoint");
    }

    private static String label(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String variable(Environment environment, String name, String otherwise) {
        return environment.variables().getOrDefault(VARIABLE + name, otherwise);
    }
}
