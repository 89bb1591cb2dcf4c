package dev.atelier.server;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Leaves a failed start to whoever started: Spring would show its stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class QuietStart implements SpringBootExceptionReporter {
    /** @param context not needed; Spring passes it to every reporter */
    QuietStart(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return true;
    }
}
