package dev.atelier.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.server.AtelierProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets {@code atelier keys} of the service's own user work beside a service that has the embedded database open. Without Unix domain
 * sockets, or where the folder's path is too long for one, keys are changed while the service is stopped.
 */
@Component
class KeySocketServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KeySocketServer.class);
    private static final int LONGEST_LINE = 8192;

    private final Keys keys;
    private final Path socket;
    private final boolean needed;
    private ServerSocketChannel listening;

    KeySocketServer(Keys keys, AtelierProperties properties, Environment environment) {
        this.keys = keys;
        socket = KeySocket.of(properties.data());
        needed = environment.getProperty("spring.datasource.url", "").startsWith("jdbc:h2:");
    }

    @Override
    public synchronized void start() {
        if (!needed) {
            return;
        }
        try {
            makeFolder();
            // Whoever has the database open is alone: a socket that is there was left behind.
            Files.deleteIfExists(socket);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(socket));
            listening = channel;
            Thread.ofVirtual().name("key-socket").start(() -> accept(channel));
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("keys can be changed only while the service is stopped: {}: {}", socket, e.getMessage());
        }
    }

    private void makeFolder() throws IOException {
        Path folder = socket.getParent();
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void accept(ServerSocketChannel channel) {
        try {
            while (true) {
                SocketChannel caller = channel.accept();
                Thread.ofVirtual().name("key-socket-caller").start(() -> serve(caller));
            }
        } catch (ClosedChannelException e) {
            log.debug("no more calls about keys");
        } catch (IOException e) {
            log.warn("keys can be changed only while the service is stopped: {}", e.getMessage());
        }
    }

    private void serve(SocketChannel caller) {
        try (caller) {
            String line = line(Channels.newInputStream(caller));
            if (!line.isEmpty()) {
                KeySocket.write(caller, answer(line));
            }
        } catch (IOException e) {
            log.debug("a caller about keys went away: {}", e.getMessage());
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < LONGEST_LINE; next = in.read()) {
            line.write(next);
        }
        return line.toString(UTF_8);
    }

    private KeySocket.Answer answer(String line) {
        try {
            KeySocket.Question question = JsonMapper.shared().readValue(line, KeySocket.Question.class);
            return switch (question.command()) {
                case "create" -> {
                    Keys.Created created = keys.create(question.name(), question.scopes(), question.limits());
                    log.info(
                            "key {} ({}) was made",
                            created.key().id(),
                            created.key().name());
                    yield new KeySocket.Answer("", created, List.of(), false);
                }
                case "list" -> new KeySocket.Answer("", null, keys.list(), false);
                case "revoke" -> {
                    boolean revoked = keys.revoke(question.id());
                    log.info("key {} was {}", question.id(), revoked ? "revoked" : "not there to be revoked");
                    yield new KeySocket.Answer("", null, List.of(), revoked);
                }
                default -> failed("command: '" + question.command() + "' is none");
            };
        } catch (JacksonException e) {
            return failed("the question is not understood");
        } catch (RuntimeException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private static KeySocket.Answer failed(String error) {
        return new KeySocket.Answer(error, null, List.of(), false);
    }

    @Override
    public synchronized void stop() {
        if (listening == null) {
            return;
        }
        try {
            listening.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            log.debug("{} stays behind: {}", socket, e.getMessage());
        }
        listening = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return listening != null;
    }
}
