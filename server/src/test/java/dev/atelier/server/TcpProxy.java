package dev.atelier.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Stands between the service and a server, and lets a test take the server away: it refuses, or it says nothing more. */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore refused = new Semaphore(0);
    private volatile boolean refusing;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private TcpProxy(int target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** @param target port on this machine that connections go on to */
    public static TcpProxy before(int target) throws IOException {
        TcpProxy proxy = new TcpProxy(target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The server is stopped: connections break, and new ones are closed at once. */
    public void refuse() {
        refusing = true;
        open.forEach(TcpProxy::closeQuietly);
    }

    /** Waits until {@code connections} were refused. */
    public void awaitRefused(int connections) {
        refused.acquireUninterruptibly(connections);
    }

    /** Nothing is passed on any more, and nothing is closed. */
    public void hang() {
        gate = new CountDownLatch(1);
    }

    /** The server is back. */
    public void pass() {
        refusing = false;
        gate.countDown();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (refusing) {
                    client.close();
                    refused.release();
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            open.forEach(TcpProxy::closeQuietly);
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pump(client, server));
        Thread.ofVirtual().start(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] block = new byte[8192];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                gate.await();
                out.write(block, 0, count);
            }
        } catch (IOException e) {
            closeQuietly(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        pass();
        listening.close();
    }
}
