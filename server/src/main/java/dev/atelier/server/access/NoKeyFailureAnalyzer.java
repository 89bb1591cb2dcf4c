package dev.atelier.server.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of showing a stack trace. */
class NoKeyFailureAnalyzer extends AbstractFailureAnalyzer<NoKeyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoKeyException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Make a key with 'atelier keys create --name NAME' (and the same --data or --database as serve has),"
                        + " or listen on this machine only, without keys.",
                cause);
    }
}
