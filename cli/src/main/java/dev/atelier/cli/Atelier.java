package dev.atelier.cli;

import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import dev.atelier.server.AtelierServer;
import dev.atelier.server.api.mcp.LocalDrawing;
import dev.atelier.studio.AtelierVersion;
import dev.atelier.studio.PipelineOpener;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code atelier}: finds the subcommand and runs it. */
@Command(
        name = "atelier",
        description = "A self-hosted image studio: make, edit, compose and continue pictures with open models.",
        mixinStandardHelpOptions = true,
        versionProvider = Atelier.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted."})
public final class Atelier implements Runnable {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            order = 1000,
            description = "Show the stack trace of an error.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private Atelier() {}

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String... args) {
        // Logback reads this when it starts; the service takes it away and configures its own logging.
        System.setProperty(ServeCommand.LOGGING, ServeCommand.LOGGING_FILE);
        Environment environment = new Environment(
                Terminal.ofProcess(),
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                PipelineOpener.ofEngine(),
                settings -> new VocabularyAdapter(settings.open()),
                AtelierServer::start,
                LocalDrawing::start);
        int code = run(environment, args);
        if (code != ServeCommand.KEEP_RUNNING) {
            System.exit(code);
        }
    }

    /** Runs a command line in {@code environment}. */
    static int run(Environment environment, String... args) {
        Failures failures = new Failures(environment.terminal());
        Atelier root = new Atelier();
        CommandLine commandLine = commandLine(root, environment)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError | LinkageError e) {
            return failures.report(e, root.verbose);
        }
    }

    /** The command with all its subcommands. */
    static CommandLine commandLine(Atelier root, Environment environment) {
        Terminal terminal = environment.terminal();
        return new CommandLine(root)
                .addSubcommand(new GenerateCommand(environment))
                .addSubcommand(new EditCommand(environment))
                .addSubcommand(new SequenceCommand(environment))
                .addSubcommand(new ServeCommand(environment))
                .addSubcommand(new McpCommand(environment))
                .addSubcommand(KeysCommand.commandLine(terminal))
                .addSubcommand(ArenaCommand.commandLine(terminal))
                .addSubcommand(ProvenanceCommand.commandLine(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new ReplayCommand(environment))
                .addSubcommand(new PullCommand(environment))
                .addSubcommand(new ModelsCommand(environment))
                .addSubcommand(new TemplatesCommand(environment))
                .addSubcommand(new ConvertCommand(environment))
                .addSubcommand(new TrainCommand(environment))
                .addSubcommand(new LoraCommand(environment))
                .addSubcommand(new EvaluateCommand(environment))
                .addSubcommand(new ParityCommand(environment))
                .addSubcommand(new BenchCommand(environment))
                .addSubcommand(new CompletionCommand(environment))
                .addSubcommand(new WarmUpCommand(environment))
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false);
    }

    static Atelier root() {
        return new Atelier();
    }

    boolean isVerbose() {
        return verbose;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"atelier " + AtelierVersion.text() + " on Java " + Runtime.version()};
        }
    }
}
