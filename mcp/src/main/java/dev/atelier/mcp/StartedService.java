package dev.atelier.mcp;

/** A service that was started, or a connection that was opened, for whoever closes it. */
public interface StartedService extends AutoCloseable {
    DrawingService service();

    @Override
    void close();
}
