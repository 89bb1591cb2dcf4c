import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kills the service again and again while it is used, and counts what became of everything that it accepted.
 *
 * <p>Usage: {@code java bench/KillNine.java KILLS PORT COMMAND...}, where COMMAND starts the service on PORT, always on the same data, such as
 * {@code ./atelier serve --port 18080 --data DIR}. Exit code 0: nothing was lost.
 */
public final class KillNine {
    private static final Pattern ID = Pattern.compile("\"id\":\"(pred_[0-9A-Z]{26})\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([a-z]+)\"");
    private static final Pattern ERROR = Pattern.compile("\"error\":\"([^\"]*)\"");
    private static final Pattern OUTPUTS = Pattern.compile("\"outputs\":\\[([^\\]]*)\\]");
    private static final List<String> BODIES = List.of(
            "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a red barn\", \"size\": \"256*256\", \"steps\": 2}",
            "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a lake\", \"num_images\": 2, \"size\": \"256*256\", \"steps\": 2}",
            "{\"model\": \"bytedance/seedream-v4.5/sequential\", \"prompt\": \"four panels of a fox through the seasons\","
                    + " \"max_images\": 4, \"size\": \"256*256\", \"steps\": 2}");

    private final URI base;
    private final List<String> command;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Random random = new Random(9);
    private final Path log = Files.createTempFile("kill-nine", ".log");
    /** Accepted ids, and the outputs that were ever seen of each. */
    private final Map<String, List<String>> accepted = new ConcurrentHashMap<>();
    /** Those that were seen to have ended: asked for again at the end only, so that polling does not grow with the run. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private KillNine(int port, List<String> command) throws IOException {
        this.base = URI.create("http://localhost:" + port);
        this.command = command;
    }

    public static void main(String... args) throws Exception {
        int kills = Integer.parseInt(args[0]);
        KillNine bench = new KillNine(Integer.parseInt(args[1]), Arrays.asList(args).subList(2, args.length));
        System.exit(bench.run(kills) ? 0 : 1);
    }

    private boolean run(int kills) throws Exception {
        for (int kill = 1; kill <= kills; kill++) {
            Process service = start();
            long lifetime = 500 + random.nextInt(10_000);
            useFor(lifetime);
            kill(service);
            System.out.printf("kill %d after %d ms of use; %d predictions accepted so far%n", kill, lifetime, accepted.size());
        }
        Process service = start();
        try {
            return report(kills);
        } finally {
            kill(service);
        }
    }

    private Process start() throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (answers("/actuator/health/liveness")) {
                return process;
            }
            pause(100);
        }
        kill(process);
        throw new IllegalStateException("the service does not start: " + command + "; it said:\n" + Files.readString(log));
    }

    /** SIGKILL for the process and everything it has started. */
    private static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Submits and polls for {@code millis}. */
    private void useFor(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Thread poller = Thread.ofVirtual().start(() -> {
            while (System.nanoTime() < end) {
                accepted.keySet().stream().filter(id -> !ended.contains(id)).forEach(this::look);
                pause(300);
            }
        });
        while (System.nanoTime() < end) {
            submit(BODIES.get(random.nextInt(BODIES.size())));
            pause(500 + random.nextInt(2000));
        }
        poller.join();
    }

    private void submit(String body) {
        try {
            HttpResponse<String> answer = http.send(
                    request("/api/v1/model/generateImage").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher id = ID.matcher(answer.body());
            if (answer.statusCode() == 200 && id.find()) {
                accepted.putIfAbsent(id.group(1), List.of());
            }
        } catch (IOException e) {
            // Not answered, so not accepted: the caller knows that it must ask again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Remembers the outputs of a prediction; one that was there and is gone is kept for the report. */
    private void look(String id) {
        String body = get("/api/v1/model/prediction/" + id);
        if (!body.isEmpty()) {
            accepted.computeIfPresent(id, (_, before) -> {
                List<String> now = outputs(body);
                List<String> all = new ArrayList<>(before);
                now.stream().filter(o -> !all.contains(o)).forEach(all::add);
                return all;
            });
            String status = first(STATUS, body.substring(body.indexOf("\"data\"")));
            if (status.equals("completed") || status.equals("failed")) {
                ended.add(id);
            }
        }
    }

    private boolean report(int kills) throws InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        int lost = 0;
        int outputsLost = 0;
        int pictures = 0;
        for (Map.Entry<String, List<String>> entry : accepted.entrySet()) {
            String body = settled(entry.getKey());
            String status = first(STATUS, body.isEmpty() ? "" : body.substring(body.indexOf("\"data\"")));
            counts.merge(status.isEmpty() ? "lost" : status, 1, Integer::sum);
            List<String> outputs = body.isEmpty() ? List.of() : outputs(body);
            if (!status.equals("completed") && !(status.equals("failed") && !first(ERROR, body).isEmpty())) {
                lost++;
                System.out.println("LOST " + entry.getKey() + ": " + body);
            }
            if (status.equals("failed")) {
                reasons.merge(first(ERROR, body), 1, Integer::sum);
            }
            long gone = entry.getValue().stream().filter(o -> !outputs.contains(o)).count();
            long unreadable = outputs.stream().filter(o -> !opens(o)).count();
            long twice = outputs.size() - outputs.stream().distinct().count();
            pictures += outputs.size();
            if (gone + unreadable + twice > 0) {
                outputsLost++;
                System.out.printf("OUTPUTS %s: %d gone, %d cannot be opened, %d twice%n", entry.getKey(), gone, unreadable, twice);
            }
        }
        System.out.printf(
                "kills %d, accepted %d, %s, pictures %d, lost predictions %d, predictions with lost outputs %d%n",
                kills, accepted.size(), counts, pictures, lost, outputsLost);
        reasons.forEach((reason, count) -> System.out.printf("failed %d times: %s%n", count, reason));
        return lost == 0 && outputsLost == 0;
    }

    /** The prediction once it has ended, or what there is of it after ten minutes. */
    private String settled(String id) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        String body = "";
        while (System.nanoTime() < deadline) {
            body = get("/api/v1/model/prediction/" + id);
            String status = body.isEmpty() ? "" : first(STATUS, body.substring(body.indexOf("\"data\"")));
            if (status.equals("completed") || status.equals("failed")) {
                return body;
            }
            pause(200);
        }
        return body;
    }

    private boolean opens(String url) {
        try {
            HttpResponse<byte[]> file = http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return file.statusCode() == 200 && javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(file.body())) != null;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean answers(String path) {
        return !get(path).isEmpty();
    }

    /** The body of a 200; empty for anything else. */
    private String get(String path) {
        try {
            HttpResponse<String> answer = http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer $ATLASCLOUD_API_KEY")
                .header("Content-Type", "application/json");
    }

    private static List<String> outputs(String body) {
        String list = first(OUTPUTS, body);
        return list.isEmpty() ? List.of() : Arrays.stream(list.split(",")).map(o -> o.replace("\"", "")).toList();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static void pause(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
