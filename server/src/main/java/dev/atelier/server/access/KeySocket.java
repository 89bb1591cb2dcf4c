package dev.atelier.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys of a running service whose database file nobody else can open: over a Unix domain socket in a folder that only the
 * service's own user may enter. One JSON line there, one back.
 */
final class KeySocket implements KeyRing {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path socket;

    /**
     * What is asked for.
     *
     * @param command {@code create}, {@code list} or {@code revoke}
     */
    record Question(String command, String id, String name, Set<Scope> scopes, Limits limits) {}

    /** @param error what was out of bounds; empty: nothing */
    record Answer(String error, Keys.Created created, List<Keys.Listed> listed, boolean revoked) {}

    private KeySocket(Path socket) {
        this.socket = socket;
    }

    /** Where a service with this data folder listens. */
    static Path of(Path data) {
        return data.toAbsolutePath().normalize().resolve("control").resolve("keys");
    }

    /** The keys of the service that runs on {@code data}; empty when none listens there. */
    static Optional<KeyRing> connect(Path data) {
        Path socket = of(data);
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.of(new KeySocket(socket));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Keys.Created create(String name, Set<Scope> scopes, Limits limits) {
        return ask(new Question("create", "", name, scopes, limits)).created();
    }

    @Override
    public List<Keys.Listed> list() {
        return ask(new Question("list", "", "", Set.of(), Limits.NONE)).listed();
    }

    @Override
    public boolean revoke(String id) {
        return ask(new Question("revoke", id, "", Set.of(), Limits.NONE)).revoked();
    }

    private Answer ask(Question question) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            write(channel, question);
            String line = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8)).readLine();
            if (line == null) {
                throw new IOException("the service closed the connection");
            }
            Answer answer = JSON.readValue(line, Answer.class);
            if (!answer.error().isEmpty()) {
                throw new IllegalArgumentException(answer.error());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("the running service cannot be asked: " + e.getMessage(), e);
        }
    }

    /** One line of JSON. */
    static void write(SocketChannel channel, Object value) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(value) + "\n").getBytes(UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }
}
