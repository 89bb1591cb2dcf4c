package dev.atelier.server.operation;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/** Leaves tracing out as a whole until a place to send traces to is named: no spans, no ids in logs, no connections. */
class TracingOnDemand implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private boolean wanted;

    @Override
    public void setEnvironment(Environment environment) {
        wanted = !environment.getProperty(ENDPOINT, "").isEmpty();
    }

    @Override
    public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            kept[i] = wanted || classes[i] == null || !isTracing(classes[i]);
        }
        return kept;
    }

    private static boolean isTracing(String autoConfiguration) {
        return autoConfiguration.startsWith("org.springframework.boot.micrometer.tracing.")
                || autoConfiguration.startsWith("org.springframework.boot.opentelemetry.");
    }
}
