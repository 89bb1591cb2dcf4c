package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier sequence}: pictures that belong together. */
@Command(
        name = "sequence",
        description = "Make pictures that belong together: each sees the references and the earlier ones.",
        sortOptions = false)
final class SequenceCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROMPT",
            description = "The whole sequence in words, as in \"four panels: a fox wakes up, hunts, eats, sleeps\".")
    private String prompt = "";

    @Option(
            names = "--shot",
            paramLabel = "TEXT",
            order = 9,
            description = "Prompt of one picture, in place of PROMPT. Repeatable.")
    private List<String> shots = new ArrayList<>();

    @Option(
            names = {"-i", "--image"},
            paramLabel = "REF",
            order = 10,
            description = "Reference picture. Repeatable; references and pictures together are at most 15.")
    private List<Path> references = new ArrayList<>();

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            order = 11,
            description = "At most this many pictures, 1 to 15 (default: as many as the prompt says).")
    private int number;

    @Mixin
    private PictureArguments arguments;

    SequenceCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (prompt.isBlank() == shots.isEmpty()) {
            throw new UsageException("give either a PROMPT or --shot, once for each picture");
        }
        if (shots.isEmpty()) {
            return arguments.make(
                    environment, prompt, EditArguments.none().references(references), Counts.asPrompted(number));
        }
        if (shots.size() + references.size() > SequenceWish.MAX_IMAGES) {
            throw new UsageException("--shot: " + shots.size() + " shots and " + references.size()
                    + " references are more than " + SequenceWish.MAX_IMAGES);
        }
        return arguments.makeAsWritten(
                environment,
                shots.getFirst(),
                EditArguments.none().references(references),
                Counts.independent(1),
                this::withShots);
    }

    private GenerationPlan withShots(GenerationPlan plan) {
        List<Integer> all = IntStream.range(0, references.size()).boxed().toList();
        return new GenerationPlan(
                Task.SEQUENCE,
                plan.size(),
                shots.stream().map(shot -> new Shot(shot, all, List.of())).toList(),
                plan.negativePrompt(),
                List.of("the shots were given one by one"),
                plan.warnings(),
                plan.revisedPrompt());
    }
}
