package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import dev.atelier.hub.Retry.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's listings: which commit a revision is, which files a commit has, and where their bytes are. */
final class HubApi {
    private static final int MAX_ANSWER_BYTES = 32 << 20;
    private static final int MAX_PAGES = 200;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HubOptions options;
    private final HubHttp http;
    private final Retry retry;

    HubApi(HubOptions options, HubHttp http, Retry retry) {
        this.options = options;
        this.http = http;
        this.retry = retry;
    }

    private record Page(JsonNode body, String link) {}

    /** The commit that the model's revision is now. */
    String commit(ModelId model) throws InterruptedException {
        URI address = address("/api/models/" + model.repository() + "/revision/" + encode(model.revision()));
        String sha = json(model, address).body().path("sha").asString("");
        if (!COMMIT.matcher(sha).matches()) {
            throw new HubException(Kind.UNAVAILABLE, address + ": the answer names no commit ('sha')");
        }
        return sha;
    }

    /**
     * The files of {@code commit} that have safe names; page by page.
     *
     * @throws HubException when a name tries to leave the model's folder
     */
    List<RemoteFile> files(ModelId model, String commit) throws InterruptedException {
        List<RemoteFile> files = new ArrayList<>();
        URI next = address("/api/models/" + model.repository() + "/tree/" + commit + "?recursive=true");
        for (int page = 0; page < MAX_PAGES; page++) {
            Page answer = json(model, next);
            if (!answer.body().isArray()) {
                throw new HubException(Kind.UNAVAILABLE, next + ": the answer is no list of files");
            }
            for (JsonNode entry : answer.body()) {
                add(entry, files);
            }
            Matcher link = NEXT.matcher(answer.link());
            if (!link.find()) {
                return files;
            }
            next = nextPage(next, link.group(1));
        }
        throw new HubException(Kind.UNAVAILABLE, model + ": the list of files has more than " + MAX_PAGES + " pages");
    }

    /** Where the bytes of {@code file} are. */
    URI bytes(ModelId model, String commit, RemoteFile file) {
        String path = Arrays.stream(file.path().split("/")).map(HubApi::encode).collect(Collectors.joining("/"));
        return address("/" + model.repository() + "/resolve/" + commit + "/" + path);
    }

    private static void add(JsonNode entry, List<RemoteFile> files) {
        String path = entry.path("path").asString("");
        if (RemoteFile.isTraversal(path)) {
            throw new HubException(
                    Kind.UNAVAILABLE,
                    "the hub lists a file outside the model ('" + RemoteFile.printable(path)
                            + "'); nothing was fetched");
        }
        if (!entry.path("type").asString("").equals("file") || !RemoteFile.isSafe(path)) {
            return;
        }
        JsonNode large = entry.path("lfs");
        long size = (large.has("size") ? large : entry).path("size").asLong(-1);
        files.add(new RemoteFile(path, size, checksum(path, large.path("oid"), entry.path("oid"))));
    }

    private static Checksum checksum(String path, JsonNode sha256, JsonNode blob) {
        try {
            if (sha256.isString()) {
                return new Checksum(Checksum.Kind.SHA256, sha256.stringValue());
            }
            return blob.isString() ? new Checksum(Checksum.Kind.GIT_BLOB, blob.stringValue()) : Checksum.NONE;
        } catch (IllegalArgumentException e) {
            throw new HubException(Kind.UNAVAILABLE, path + ": the hub lists a malformed checksum", e);
        }
    }

    private URI nextPage(URI current, String link) {
        try {
            URI next = current.resolve(link);
            if (http.isOwnHost(next)) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            throw new HubException(Kind.UNAVAILABLE, current + ": the link to the next page is no address", e);
        }
        throw new HubException(Kind.UNAVAILABLE, current + ": the next page is on another host, which is not followed");
    }

    private Page json(ModelId model, URI address) throws InterruptedException {
        return retry.run(model.toString(), () -> {
            HttpResponse<InputStream> response = http.get(model, address, Map.of());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
                if (bytes.length > MAX_ANSWER_BYTES || response.statusCode() != 200) {
                    throw new HubException(
                            Kind.UNAVAILABLE,
                            address + ": no usable answer (status " + response.statusCode() + ", limit "
                                    + MAX_ANSWER_BYTES + " bytes)");
                }
                return new Page(
                        JSON.readTree(bytes),
                        response.headers().firstValue("Link").orElse(""));
            } catch (JacksonException e) {
                throw new HubException(Kind.UNAVAILABLE, address + ": the answer is not JSON; is this a hub?", e);
            } catch (IOException e) {
                throw new TransientFailure("the answer from " + HubHttp.origin(address) + " broke off", e);
            }
        });
    }

    private URI address(String path) {
        return URI.create(options.endpoint() + path);
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
