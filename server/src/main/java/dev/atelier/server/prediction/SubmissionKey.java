package dev.atelier.server.prediction;

/**
 * What makes a submission the same as an earlier one of the same caller.
 *
 * @param name as the caller chose it, 1 to 255 characters; empty: every submission is a new one
 * @param fingerprint of what was asked for, so that a name used for something else is found out
 */
public record SubmissionKey(String name, String fingerprint) {
    /** Every submission is a new one. */
    public static final SubmissionKey NONE = new SubmissionKey("", "");

    public boolean isGiven() {
        return !name.isEmpty();
    }
}
