package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.UnmatchedArgumentException;

/** Which service is meant: where it keeps its state, and any other of its settings as {@code --NAME=VALUE}. */
final class ServiceArguments {
    /** Settings have a dot in their names, so a mistyped option is not taken for one. */
    private static final Pattern SETTING =
            Pattern.compile("--[a-z][a-zA-Z0-9-]*(\\.[a-zA-Z0-9\\[\\]-]+)+(=.*)?", Pattern.DOTALL);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            order = 10,
            description = "Folder of database, pictures and unpacked models (atelier.data, default: ./data).")
    private Path data;

    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            order = 11,
            description =
                    "jdbc:postgresql://HOST/NAME instead of a file in the data folder (spring.datasource.url). Its password is"
                            + " read from SPRING_DATASOURCE_PASSWORD.")
    private String database = "";

    @Option(
            names = "--database-user",
            paramLabel = "NAME",
            order = 12,
            description = "User of the database (spring.datasource.username).")
    private String databaseUser = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 13,
            description =
                    "File of settings, YAML or properties (spring.config.import). Options and environment variables win.")
    private Path config;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    /**
     * As properties of the service, in the form of its command line.
     *
     * @param settings what the command line says beside its options
     * @throws UnmatchedArgumentException when one of them is no setting
     */
    List<String> properties(List<String> settings) {
        List<String> unknown = settings.stream()
                .filter(setting -> !SETTING.matcher(setting).matches())
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnmatchedArgumentException(command.commandLine(), unknown);
        }
        List<String> properties = new ArrayList<>();
        if (data != null) {
            properties.add("--atelier.data=" + data);
        }
        if (!database.isEmpty()) {
            properties.add("--spring.datasource.url=" + jdbcUrl());
        }
        if (!databaseUser.isEmpty()) {
            properties.add("--spring.datasource.username=" + databaseUser);
        }
        if (config != null) {
            properties.add(
                    "--spring.config.import=file:" + file("--config", config).toAbsolutePath());
        }
        properties.addAll(settings);
        return properties;
    }

    /** The same for a command whose standard output is its result: only warnings, and those on standard error. */
    String[] quietly(List<String> settings) {
        List<String> properties = new ArrayList<>(properties(settings));
        System.clearProperty(ServeCommand.LOGGING);
        properties.addFirst("--logging.config=classpath:" + ServeCommand.LOGGING_FILE);
        return properties.toArray(String[]::new);
    }

    private String jdbcUrl() {
        if (!database.startsWith("jdbc:")) {
            throw new UsageException(
                    "--database: '" + database + "' is no JDBC URL such as jdbc:postgresql://HOST/NAME");
        }
        return database;
    }

    /** @throws UsageException when there is no such file */
    static Path file(String option, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(option + ": " + file + " is no file");
        }
        return file;
    }
}
