package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.provenance.ManifestVerifier;
import dev.atelier.provenance.ProvenanceException;
import dev.atelier.provenance.TrustAnchors;
import dev.atelier.provenance.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier verify}: what the credentials of pictures are worth and what they say. */
@Command(
        name = "verify",
        description =
                "Check the signed credentials (C2PA) of pictures: whether they were changed, who signed, what is said.",
        footer = {
            "",
            "Exit codes: 0 every file is valid (trusted, where --trust is given), 1 one is not or has no credentials,",
            "2 wrong command line."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final long MAX_BYTES = 256L << 20;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "PNG, JPEG or WebP.")
    private List<Path> files;

    @Option(
            names = "--trust",
            paramLabel = "PEM",
            description = "Certificates whose word for signers is taken, as root.pem of 'atelier provenance init'.")
    private Path trust;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ManifestVerifier verifier = new ManifestVerifier(anchors(), InstantSource.system());
        Verification.State needed = trust == null ? Verification.State.VALID : Verification.State.TRUSTED;
        boolean good = true;
        for (Path file : files) {
            good &= check(verifier, file).compareTo(needed) >= 0;
        }
        return good ? ExitCode.OK : ExitCode.FAILURE;
    }

    private TrustAnchors anchors() throws IOException {
        try {
            return trust == null ? TrustAnchors.NONE : TrustAnchors.read(trust);
        } catch (ProvenanceException e) {
            throw new UsageException("--trust: " + e.getMessage());
        }
    }

    private Verification.State check(ManifestVerifier verifier, Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new UsageException(file + ": " + Files.size(file) + " bytes; at most " + MAX_BYTES + " are read");
        }
        Verification found;
        try {
            found = verifier.verify(Files.readAllBytes(file));
        } catch (ProvenanceException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
        terminal.result(file + ": " + found.state().name().toLowerCase(Locale.ROOT));
        if (found.statement() != null) {
            Verification.Statement said = found.statement();
            terminal.result("  signed by " + said.signer() + ", certified by " + said.issuer());
            terminal.result("  written by " + said.program());
            said.actions()
                    .forEach(action -> terminal.result("  " + action.name()
                            + (action.software().isEmpty() ? "" : " by " + action.software())
                            + (action.digitalSourceType().isEmpty() ? "" : ", " + action.digitalSourceType())));
            said.ingredients().forEach(i -> terminal.result("  from " + i.title() + " (" + i.relationship() + ")"));
        }
        found.findings().stream()
                .filter(finding -> !finding.success())
                .forEach(finding -> terminal.result("  " + finding.code() + ": " + finding.explanation()));
        return found.state();
    }
}
