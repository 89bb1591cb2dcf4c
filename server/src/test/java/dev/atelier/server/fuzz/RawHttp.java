package dev.atelier.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Sends bytes as they are, since a decent HTTP client refuses to send what a service must withstand. */
record RawHttp(int port) {
    private static final int PATIENCE_MILLIS = 10_000;

    /**
     * @param head status line and headers
     * @param body from its first brace to its last, so without the frame of chunks; else as it is
     */
    record Answer(int status, String head, String body) {
        boolean isJson() {
            return head.toLowerCase(Locale.ROOT).contains("content-type: application/json");
        }
    }

    /** Sends a request and half-closes the connection, so that a body that is announced too long ends. */
    Answer send(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException _) {
                // Refused while it was sent; the answer is there all the same.
            }
            return parse(readAll(socket.getInputStream()));
        } catch (SocketTimeoutException _) {
            return new Answer(0, "none in time", "");
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        try {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                all.write(block, 0, count);
            }
        } catch (SocketException _) {
            // Closed with our bytes unread; what came before is the answer.
        }
        return all.toByteArray();
    }

    private static Answer parse(byte[] bytes) {
        String all = new String(bytes, ISO_8859_1);
        int end = all.indexOf("\r\n\r\n");
        if (end < 0 || !all.startsWith("HTTP/1.1 ")) {
            return new Answer(0, all, "");
        }
        String body = new String(all.substring(end + 4).getBytes(ISO_8859_1), UTF_8);
        int open = body.indexOf('{');
        int close = body.lastIndexOf('}');
        return new Answer(
                Integer.parseInt(all, 9, 12, 10),
                all.substring(0, end),
                open >= 0 && close > open ? body.substring(open, close + 1) : body);
    }
}
