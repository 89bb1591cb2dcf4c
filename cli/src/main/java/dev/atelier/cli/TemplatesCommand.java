package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.template.Slot;
import dev.atelier.prompt.template.Template;
import dev.atelier.prompt.template.Templates;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier templates}: prompts with slots. */
@Command(
        name = "templates",
        description = "List the templates that generate --template takes; with a NAME, its slots.",
        sortOptions = false)
final class TemplatesCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A template, such as shop/packshot.")
    private String name = "";

    @Option(
            names = "--examples",
            paramLabel = "en|zh",
            description = "Print NAME=VALUE for each slot that must be given, as --slot takes it.")
    private Examples examples;

    /** In which language. */
    enum Examples {
        EN,
        ZH
    }

    TemplatesCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (examples != null) {
            found().slots().stream()
                    .filter(Slot::required)
                    .forEach(slot -> print(
                            "%s=%s",
                            slot.name(),
                            examples == Examples.EN
                                    ? slot.example().en()
                                    : slot.example().zh()));
        } else if (name.isBlank()) {
            Templates.all()
                    .forEach(template -> print(
                            "%-24s  %s (%s)",
                            template.name(),
                            template.title().en(),
                            template.title().zh()));
        } else {
            describe(found());
        }
        return ExitCode.OK;
    }

    private Template found() {
        try {
            return Templates.get(name);
        } catch (InvalidRequestException e) {
            throw new UsageException("NAME: " + e.getMessage().replaceFirst("^template: ", ""));
        }
    }

    private void describe(Template template) {
        print("%s: %s", template, template.description().en());
        for (Slot slot : template.slots()) {
            print(
                    "  %-10s %-8s %s",
                    slot.name(),
                    slot.type().label(),
                    allowed(slot) + (slot.required() ? "; must be given" : preset(slot)));
        }
        print("");
        print("%s", template.example().en());
        print("%s", template.example().zh());
    }

    private static String allowed(Slot slot) {
        return switch (slot.type()) {
            case TEXT ->
                "at most " + slot.max() + " characters"
                        + (slot.required() ? ", such as \"" + slot.example().en() + "\"" : "");
            case COUNT -> slot.min() + " to " + slot.max();
            case CHOICE, RATIO -> String.join(", ", slot.choices());
        };
    }

    private static String preset(Slot slot) {
        return slot.preset().en().isEmpty()
                ? "; may be left out"
                : " (default: " + slot.preset().en() + ")";
    }

    private void print(String format, Object... values) {
        environment.terminal().result(String.format(Locale.ROOT, format, values));
    }
}
