package dev.atelier.server.outbound;

import java.net.InetAddress;

/**
 * A range of IP addresses in CIDR form.
 *
 * @param base the range's first address; later bits than {@code bits} are not looked at
 * @param bits leading bits that all addresses of the range share
 */
record Network(InetAddress base, int bits) {
    Network {
        int most = base.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException(
                    "network: prefix length " + bits + " is not in 0 to " + most + " for " + base.getHostAddress());
        }
    }

    /**
     * @param text an address ({@code 10.1.2.3}) or a range ({@code 10.0.0.0/8}, {@code fd00::/8})
     * @throws IllegalArgumentException when it is neither
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        try {
            int bits = slash < 0
                    ? base.getAddress().length * Byte.SIZE
                    : Integer.parseInt(text, slash + 1, text.length(), 10);
            return new Network(base, bits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("network: \"" + text + "\" has no prefix length after the slash", e);
        }
    }

    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int mask = 0xff00 >> Math.min(Byte.SIZE, bits - bit) & 0xff;
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
