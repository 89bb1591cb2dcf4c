package dev.atelier.provenance;

import java.util.List;

/**
 * What a file's credentials are worth and what they say. Codes are those of the C2PA specification 2.2, section 15.2.
 *
 * @param findings in the order in which they were made
 * @param statement null where there is none, or it cannot be read
 */
public record Verification(State state, List<Finding> findings, Statement statement) {
    public Verification {
        findings = List.copyOf(findings);
    }

    /** From nothing to all. */
    public enum State {
        /** The file has no credentials. */
        ABSENT,
        /** The credentials, or the file since they were written, were changed, or they are not as the standard has them. */
        INVALID,
        /** Nothing was changed since the signer signed; who that is, nobody who is trusted says. */
        VALID,
        /** Valid, and the signer's certificate leads to a trusted one. */
        TRUSTED
    }

    /**
     * @param code such as {@code assertion.dataHash.match}
     * @param explanation in plain words
     */
    public record Finding(String code, boolean success, String explanation) {}

    /**
     * What the manifest says.
     *
     * @param program that wrote it
     * @param signer distinguished name of the certificate
     * @param issuer of the certificate
     * @param actions what was done, in order
     * @param ingredients titles of what went into it, with their part: {@code parentOf}, {@code inputTo}, {@code componentOf}
     */
    public record Statement(
            String program, String signer, String issuer, List<Action> actions, List<Ingredient> ingredients) {
        public Statement {
            actions = List.copyOf(actions);
            ingredients = List.copyOf(ingredients);
        }
    }

    /**
     * @param name such as {@code c2pa.created}
     * @param digitalSourceType IPTC's address of how the content came about; may be empty
     * @param software that did it; may be empty
     */
    public record Action(String name, String digitalSourceType, String software) {}

    public record Ingredient(String title, String relationship) {}
}
