package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.provenance.IdentityFolder;
import dev.atelier.provenance.ProvenanceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code atelier provenance}: keys that pictures are signed with. */
@Command(name = "provenance", description = "Keys for the signed credentials (C2PA) of pictures.")
final class ProvenanceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private ProvenanceCommand() {}

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new ProvenanceCommand()).addSubcommand(new Init(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "provenance: a command is needed: init");
    }

    /** {@code atelier provenance init}. */
    @Command(
            name = "init",
            description = {
                "Make a root of your own and a certificate under it that may sign pictures, in a folder for",
                "'generate --provenance DIR' and 'serve --provenance DIR'. Give root.pem to whoever is to trust them."
            })
    static final class Init implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "DIR", description = "Folder, new or empty.")
        private Path folder;

        @Option(
                names = "--name",
                paramLabel = "NAME",
                required = true,
                description = "Your organisation, as others see it.")
        private String name;

        @Option(
                names = "--days",
                paramLabel = "N",
                description = "How long the signer's certificate is good for (default: ${DEFAULT-VALUE}).")
        private int days = 397;

        Init(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            try {
                IdentityFolder.create(folder, name, days);
            } catch (ProvenanceException e) {
                throw new UsageException(e.getMessage());
            }
            terminal.result(folder.toString());
            terminal.note("signs for " + days + " days; back up root.p12 and password, and give root.pem away");
            return ExitCode.OK;
        }
    }
}
