package dev.atelier.server.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Name to addresses. {@link InetAddress#getAllByName} outside tests. */
@FunctionalInterface
public interface HostLookup {
    /** At least one address of {@code host}, which is a name or a literal address. */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
