package dev.atelier.server.outbound;

import static dev.atelier.server.outbound.OutboundException.Reason.BAD_URL;

import java.net.Inet4Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A URL that a caller gave, checked by its text alone: http or https, a plain host, no user, no numeric host in disguise
 * (decimal, octal, hexadecimal or shortened forms of an IPv4 address, as {@code inet_aton} reads them).
 */
public final class OutboundUrl {
    public static final int MAX_LENGTH = 4096;

    private OutboundUrl() {}

    /**
     * @return the URL without its fragment
     * @throws OutboundException saying what is wrong with it
     */
    public static URI parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw bad("the URL has " + text.length() + " characters; at most " + MAX_LENGTH + " are allowed");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new OutboundException(BAD_URL, "not a URL" + place(text, e.getIndex()), e);
        }
        return check(uri);
    }

    private static String place(String text, int index) {
        if (index < 0 || index >= text.length()) {
            return "";
        }
        int sign = text.codePointAt(index);
        if (sign == '%') {
            return ": the % at character " + (index + 1) + " is not followed by two hexadecimal digits";
        }
        String shown = Character.isISOControl(sign) ? "U+%04X".formatted(sign) : "'" + Character.toString(sign) + "'";
        return ": " + shown + " at character " + (index + 1) + " cannot stand there"
                + (sign < 0x80 && !Character.isLetterOrDigit(sign)
                        ? "; inside a path or query it is written %%%02X".formatted(sign)
                        : "");
    }

    /** As {@link #parse}, for a redirect's target. */
    static URI check(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw bad("the scheme \"" + scheme + "\" is not http or https");
        }
        if (uri.getRawUserInfo() != null) {
            throw bad("a URL with a user name or password is not accepted");
        }
        String host = uri.getHost();
        if (host == null) {
            refuseDisguise(withoutPort(uri.getRawAuthority()));
            throw bad("the URL has no plain host name or address");
        }
        if (host.indexOf('%') >= 0) {
            throw bad("the host has a zone or an escape");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw bad("port " + uri.getPort() + " is not in 1 to 65,535");
        }
        refuseDisguise(host);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(
                URI.create(scheme + "://" + host + port + path + query).toASCIIString());
    }

    private static String withoutPort(String authority) {
        return authority == null ? "" : authority.replaceFirst(":\\d*$", "");
    }

    /** The resolver of the platform may read {@code 0x7f.1} as 127.0.0.1 or not; a host is a name or a plain address. */
    private static void refuseDisguise(String host) {
        if (host.startsWith("[")) {
            return;
        }
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String plain;
        try {
            plain = Inet4Address.ofPosixLiteral(bare).getHostAddress();
        } catch (IllegalArgumentException _) {
            String last = bare.substring(bare.lastIndexOf('.') + 1);
            if (!last.isEmpty() && Character.isDigit(last.charAt(0)) && last.matches("[0-9]+|0[xX][0-9a-fA-F]*")) {
                throw bad("the host \"" + host + "\" ends in a number but is no IPv4 address");
            }
            return;
        }
        if (!plain.equals(host)) {
            throw bad("the host \"" + host + "\" is an IPv4 address in disguise; write it as " + plain);
        }
    }

    private static OutboundException bad(String message) {
        return new OutboundException(BAD_URL, message);
    }
}
