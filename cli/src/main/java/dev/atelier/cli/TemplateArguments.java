package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.template.FilledTemplate;
import dev.atelier.prompt.template.Templates;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A template in place of a prompt. */
final class TemplateArguments {
    @Option(
            names = "--template",
            paramLabel = "NAME",
            order = 8,
            description = "A template's words in place of PROMPT ('atelier templates' lists them).")
    private String template;

    @Option(
            names = "--slot",
            paramLabel = "NAME=VALUE",
            order = 9,
            description = "What a slot of the template is filled with. Repeatable.")
    private Map<String, String> slots = new LinkedHashMap<>();

    /**
     * @param prompt the words that were given beside; empty: none
     * @throws UsageException when there are words and a template, or neither, or a slot does not fit
     */
    Optional<FilledTemplate> fill(String prompt) {
        if (template == null) {
            if (!slots.isEmpty()) {
                throw new UsageException("--slot: is given without --template");
            }
            if (prompt.isBlank()) {
                throw new UsageException("PROMPT: missing; give words, or --template with what is in its slots");
            }
            return Optional.empty();
        }
        if (!prompt.isBlank()) {
            throw new UsageException("PROMPT: is given beside --template; only one of them is allowed");
        }
        try {
            return Optional.of(Templates.get(template).fill(slots));
        } catch (InvalidRequestException e) {
            throw new UsageException("--" + e.getMessage().replaceFirst("^slots\\.", "slot "));
        }
    }
}
