package dev.atelier.provenance;

import dev.atelier.provenance.Verification.Action;
import dev.atelier.provenance.Verification.Ingredient;
import dev.atelier.provenance.Verification.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a manifest says. */
final class Statements {
    private static final int MAX_TEXT = 500;

    private Statements() {}

    static Statement of(Map<String, Object> claim, Cose.Signed signed, List<ManifestVerifier.Assertion> assertions)
            throws ProvenanceException {
        List<Action> actions = new ArrayList<>();
        List<Ingredient> ingredients = new ArrayList<>();
        for (ManifestVerifier.Assertion assertion : assertions) {
            if (assertion.cbor() == null) {
                continue;
            }
            if (assertion.label().startsWith("c2pa.actions")) {
                Map<String, Object> map = CborReader.map(assertion.cbor(), assertion.label());
                for (Object one : CborReader.list(map, "actions", assertion.label())) {
                    if (one instanceof Map<?, ?> action) {
                        actions.add(new Action(
                                text(action.get("action")),
                                text(action.get("digitalSourceType")),
                                software(action.get("softwareAgent"))));
                    }
                }
            } else if (assertion.label().startsWith("c2pa.ingredient")) {
                Map<String, Object> map = CborReader.map(assertion.cbor(), assertion.label());
                ingredients.add(new Ingredient(text(map.get("dc:title")), text(map.get("relationship"))));
            }
        }
        Object program = claim.getOrDefault("claim_generator_info", claim.get("claim_generator"));
        if (program instanceof List<?> several && !several.isEmpty()) {
            program = several.getFirst();
        }
        return new Statement(
                software(program),
                signed.signer().getSubjectX500Principal().getName(),
                signed.signer().getIssuerX500Principal().getName(),
                actions,
                ingredients);
    }

    /** A name with its version, of a map or a text. */
    private static String software(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (text(map.get("name")) + " " + text(map.get("version"))).strip();
        }
        return text(value);
    }

    private static String text(Object value) {
        String text = value instanceof String string ? string : "";
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
