package dev.atelier.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code atelier completion}: the script that teaches a shell the commands. */
@Command(name = "completion", description = "Print a completion script for bash or zsh: source <(./atelier completion)")
final class CompletionCommand implements Runnable {
    private final Environment environment;

    CompletionCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        environment.terminal().result(AutoComplete.bash("atelier", Atelier.commandLine(Atelier.root(), environment)));
    }
}
