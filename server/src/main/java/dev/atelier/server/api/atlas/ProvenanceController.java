package dev.atelier.server.api.atlas;

import dev.atelier.api.ProvenanceView;
import dev.atelier.provenance.ManifestVerifier;
import dev.atelier.provenance.ProvenanceException;
import dev.atelier.provenance.Verification;
import dev.atelier.server.ProvenanceProperties;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.FormPart;
import dev.atelier.server.error.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a picture came from. */
@RestController
@Tag(name = "Files")
class ProvenanceController {
    private final ManifestVerifier verifier;

    ProvenanceController(ProvenanceProperties properties, Clock clock) {
        verifier = properties.verifier(clock);
    }

    @PostMapping({"/api/v1/provenance/verify", "/api/v1/provenance/verify/"})
    @Operation(summary = "Check a picture's credentials (C2PA)")
    ResponseEntity<ProvenanceView.Body> verify(HttpServletRequest request, ApiKey key) {
        FormPart part = FormPart.file(request);
        try {
            return AtlasJson.ok(new ProvenanceView.Body(view(verifier.verify(part.content()))));
        } catch (ProvenanceException e) {
            throw ApiException.invalid("file", e.getMessage());
        }
    }

    private static ProvenanceView view(Verification of) {
        Verification.Statement said =
                of.statement() == null ? new Verification.Statement("", "", "", List.of(), List.of()) : of.statement();
        return new ProvenanceView(
                of.state().name().toLowerCase(Locale.ROOT),
                said.program(),
                said.signer(),
                said.issuer(),
                said.actions().stream()
                        .map(a -> new ProvenanceView.Action(a.name(), a.digitalSourceType(), a.software()))
                        .toList(),
                said.ingredients().stream()
                        .map(i -> new ProvenanceView.Ingredient(i.title(), i.relationship()))
                        .toList(),
                of.findings().stream()
                        .map(f -> new ProvenanceView.Finding(f.code(), f.success(), f.explanation()))
                        .toList());
    }
}
