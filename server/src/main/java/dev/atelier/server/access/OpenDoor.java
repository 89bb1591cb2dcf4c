package dev.atelier.server.access;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Whether callers need a key. On a loopback address nobody does until the first key is made; on any other address the service
 * does not start without one.
 */
@Component
class OpenDoor {
    private static final Logger log = LoggerFactory.getLogger(OpenDoor.class);

    private final Keys keys;
    private final boolean loopback;
    private volatile boolean keySeen;

    OpenDoor(Keys keys, ServerProperties server) {
        this.keys = keys;
        InetAddress address = server.getAddress();
        loopback = address != null && address.isLoopbackAddress();
        keySeen = keys.anyActive();
        if (!keySeen && !loopback) {
            throw new NoKeyException(address == null ? "every address" : address.getHostAddress());
        }
        if (!keySeen) {
            log.warn(
                    "no key has been made: everyone on this machine may use the service; 'atelier keys create' makes one");
        }
    }

    /** Whether a caller without a key is let in. Once a key has been seen, this stays closed until a restart. */
    boolean isOpen() {
        if (!keySeen && keys.anyActive()) {
            keySeen = true;
        }
        return loopback && !keySeen;
    }
}
