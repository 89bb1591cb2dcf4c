package dev.atelier.cli;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import dev.atelier.server.access.KeyAdministration;
import dev.atelier.server.access.KeyRing;
import dev.atelier.server.access.Keys;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.Unmatched;

/** {@code atelier keys}: who may use the service. */
@Command(
        name = "keys",
        description = "Make, list and revoke the keys of the image service.",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private KeysCommand() {}

    /** The command with its subcommands. */
    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new Create(terminal))
                .addSubcommand(new Listing(terminal))
                .addSubcommand(new Revoke());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "create, list or revoke is missing");
    }

    /** How often a key may submit. */
    record Rate(int requests, int perSeconds) {
        static final Rate NONE = new Rate(0, 60);
    }

    /** Reads {@code 10/m}, {@code 2/s} or {@code 500/h}. */
    static final class RateConverter implements ITypeConverter<Rate> {
        private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})/([smh])");

        @Override
        public Rate convert(String value) {
            Matcher matcher = FORM.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + value + "' is not a number of 1 to 999,999 with /s, /m or /h");
            }
            int seconds = switch (matcher.group(2)) {
                case "s" -> 1;
                case "m" -> 60;
                default -> 3600;
            };
            return new Rate(Integer.parseInt(matcher.group(1)), seconds);
        }
    }

    @Command(name = "create", description = "Make a key and print it; it cannot be shown again.")
    static final class Create implements Callable<Integer> {
        private final Terminal terminal;

        @Option(names = "--name", required = true, description = "For people: who has it.")
        private String name;

        @Option(
                names = "--rate",
                paramLabel = "N/UNIT",
                converter = RateConverter.class,
                description = "Submissions and uploads allowed, as 10/m, 2/s or 500/h (default: no bound).")
        private Rate rate = Rate.NONE;

        @Option(names = "--daily", paramLabel = "N", description = "Images in a UTC day (default: no bound).")
        private int daily;

        @Option(names = "--priority", paramLabel = "N", description = "Higher goes first (default: 0).")
        private int priority;

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                description = "generate, read or arena, which changes what all keys see (default: generate and read).")
        private Set<Scope> scopes = EnumSet.of(Scope.GENERATE, Scope.READ);

        @Mixin
        private ServiceArguments service;

        @Unmatched
        private List<String> settings = new ArrayList<>();

        Create(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            Limits limits = new Limits(rate.requests(), rate.perSeconds(), daily, priority);
            Keys.Created created =
                    KeyAdministration.use(keys -> keys.create(name, scopes, limits), service.quietly(settings));
            terminal.result(created.token());
            return ExitCode.OK;
        }
    }

    @Command(name = "list", description = "List the keys, without their secrets.")
    static final class Listing implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private ServiceArguments service;

        @Unmatched
        private List<String> settings = new ArrayList<>();

        Listing(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            List<Keys.Listed> listed = KeyAdministration.use(KeyRing::list, service.quietly(settings));
            listed.forEach(one -> terminal.result(line(one)));
            return ExitCode.OK;
        }
    }

    private static String line(Keys.Listed one) {
        ApiKey key = one.key();
        Limits limits = key.limits();
        return String.format(
                Locale.ROOT,
                "%s  %-20s  %s  %s  rate %s  daily %s  %s",
                key.id(),
                key.name(),
                one.createdAt(),
                key.scopes().stream()
                        .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList(),
                limits.requests() == 0 ? "-" : limits.requests() + " in " + limits.perSeconds() + " s",
                limits.imagesPerDay() == 0 ? "-" : limits.imagesPerDay(),
                one.revoked() ? "revoked" : "active");
    }

    @Command(name = "revoke", description = "Revoke a key: it is refused from then on.")
    static final class Revoke implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", description = "As 'list' shows it.")
        private String id;

        @Mixin
        private ServiceArguments service;

        @Unmatched
        private List<String> settings = new ArrayList<>();

        @Override
        public Integer call() {
            boolean revoked = KeyAdministration.use(keys -> keys.revoke(id), service.quietly(settings));
            if (!revoked) {
                throw new IllegalArgumentException("id: there is no active key '" + id + "'");
            }
            return ExitCode.OK;
        }
    }
}
