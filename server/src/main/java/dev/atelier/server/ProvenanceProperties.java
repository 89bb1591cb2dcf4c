package dev.atelier.server;

import dev.atelier.provenance.ManifestVerifier;
import dev.atelier.provenance.ProvenanceException;
import dev.atelier.provenance.TrustAnchors;
import dev.atelier.studio.ContentCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code atelier.provenance}: signed credentials (C2PA) in pictures.
 *
 * @param folder that {@code atelier provenance init} has made; empty: pictures have none
 * @param trust file of certificates in PEM whose word for signers of foreign files is taken; empty: the root of {@code folder}, if any
 */
@ConfigurationProperties("atelier.provenance")
public record ProvenanceProperties(
        @DefaultValue("") String folder, @DefaultValue("") String trust) {
    private static final String HINT = "docs/provenance.md tells how keys are made.";

    /** @throws StartException when the folder is not as it must be */
    public ContentCredentials credentials() {
        if (folder.isEmpty()) {
            return ContentCredentials.NONE;
        }
        try {
            return ContentCredentials.of(Path.of(folder));
        } catch (ProvenanceException | IOException e) {
            throw new StartException("atelier.provenance.folder: " + e.getMessage(), HINT, e);
        }
    }

    /** @throws StartException when the file of trusted certificates is not as it must be */
    public ManifestVerifier verifier(Clock clock) {
        try {
            return new ManifestVerifier(
                    !trust.isEmpty()
                            ? TrustAnchors.read(Path.of(trust))
                            : folder.isEmpty() ? TrustAnchors.NONE : TrustAnchors.read(Path.of(folder, "root.pem")),
                    clock);
        } catch (ProvenanceException | IOException e) {
            throw new StartException(
                    "atelier.provenance." + (trust.isEmpty() ? "folder: " : "trust: ") + e.getMessage(), HINT, e);
        }
    }
}
