import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Kills the service again and again while it is used, and counts what became of everything that it accepted: pictures, edits, uploads, cancels,
 * webhooks, usage, files. Lifetimes count from readiness.
 *
 * <p>Usage: {@code java bench/KillNine.java KILLS PORT COMMAND...}, where COMMAND starts the service on PORT, always on the same data, such as
 * {@code ./atelier serve --port 18080 --data DIR --atelier.outbound.allowed-networks=127.0.0.1} (for the webhooks). Exit code 0: nothing was lost.
 */
public final class KillNine {
    private static final Pattern ID = Pattern.compile("\"id\":\"(pred_[0-9A-Z]{26})\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([a-z]+)\"");
    private static final Pattern ERROR = Pattern.compile("\"error\":\"([^\"]*)\"");
    private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\":([0-9]+)");
    private static final Pattern IMAGES = Pattern.compile("\"images\":([0-9]+)");
    private static final Pattern SESSION = Pattern.compile("\"session_id\":\"(pred_[0-9A-Z]{26})\"");
    private static final String COMMON = "\"size\": \"256*256\", \"steps\": 2, \"webhook_url\": \"HOOK\"}";
    private static final List<Order> ORDERS = List.of(
            new Order("{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a red barn\", " + COMMON, 1),
            new Order(
                    "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a lake\", \"num_images\": 2, " + COMMON, 2),
            new Order(
                    "{\"model\": \"bytedance/seedream-v4.5/edit\", \"prompt\": \"the same at night\", \"images\": [\"UPLOAD\"], "
                            + COMMON,
                    1),
            new Order(
                    "{\"model\": \"bytedance/seedream-v4.5/sequential\", \"prompt\": \"four panels of a fox through the seasons\","
                            + " \"max_images\": 4, " + COMMON,
                    4));

    /** @param images that it asks for */
    private record Order(String body, int images) {}

    /** A submission whose answer was cut off; it is sent again under the same key. */
    private record Unanswered(String key, String body, int images) {}

    private final URI base;
    private final List<String> command;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ServiceCalls calls;
    private final Random random = new Random(9);
    private final Path log = Files.createTempFile("kill-nine", ".log");
    /** Accepted ids, and the outputs that were ever seen of each. */
    private final Map<String, List<String>> accepted = new ConcurrentHashMap<>();

    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final Set<String> canceled = ConcurrentHashMap.newKeySet();
    private final Set<String> uploads = ConcurrentHashMap.newKeySet();
    private final Queue<Unanswered> unanswered = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> told = new ConcurrentHashMap<>();
    private HttpServer hooks;
    private int inHand;
    private int answeredLater;
    /** Those that were seen to have ended: asked for again at the end only, so that polling does not grow with the run. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private KillNine(int port, List<String> command) throws IOException {
        this.base = URI.create("http://localhost:" + port);
        this.command = command;
        calls = new ServiceCalls(base, http);
    }

    public static void main(String... args) throws Exception {
        int kills = Integer.parseInt(args[0]);
        KillNine bench =
                new KillNine(Integer.parseInt(args[1]), Arrays.asList(args).subList(2, args.length));
        System.exit(bench.run(kills) ? 0 : 1);
    }

    private boolean run(int kills) throws Exception {
        hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/hook", this::hear);
        hooks.start();
        Process service = null;
        try {
            for (int kill = 1; kill <= kills; kill++) {
                service = start();
                long lifetime = 500 + random.nextInt(10_000);
                useFor(lifetime);
                boolean working = calls.get("/api/v1/model/predictions").contains("\"processing\"");
                kill(service);
                inHand += working ? 1 : 0;
                System.out.printf(
                        "kill %d %d ms after readiness, %s; %d predictions accepted so far%n",
                        kill, lifetime, working ? "work in hand" : "idle", accepted.size());
            }
            service = start();
            sendAgain();
            return report(kills);
        } finally {
            hooks.stop(0);
            kill(service);
        }
    }

    private void hear(HttpExchange call) throws IOException {
        try (call) {
            Matcher id = SESSION.matcher(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (id.find()) {
                told.merge(id.group(1), 1, Integer::sum);
            }
            call.sendResponseHeaders(204, -1);
        }
    }

    private Process start() throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (calls.answers("/actuator/health/readiness")) {
                return process;
            }
            pause(100);
        }
        kill(process);
        throw new IllegalStateException(
                "the service does not start: " + command + "; it said:\n" + Files.readString(log));
    }

    /** SIGKILL for the process and everything it has started. */
    private static void kill(Process process) throws InterruptedException {
        if (process == null) {
            return;
        }
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
        sendAgain();
        while (System.nanoTime() < end) {
            if (uploads.isEmpty() || random.nextInt(4) == 0) {
                upload();
            }
            Order order = ORDERS.get(random.nextInt(ORDERS.size()));
            String body = order.body()
                    .replace("UPLOAD", uploads.stream().findAny().orElse(""))
                    .replace("HOOK", "http://127.0.0.1:" + hooks.getAddress().getPort() + "/hook");
            if (!uploads.isEmpty()) {
                submit(new Unanswered("kill-nine-" + random.nextLong(Long.MAX_VALUE), body, order.images()));
            }
            if (random.nextInt(6) == 0) {
                accepted.keySet().stream()
                        .filter(id -> !ended.contains(id))
                        .findAny()
                        .ifPresent(this::cancel);
            }
            pause(500 + random.nextInt(2000));
        }
        poller.join();
    }

    /** Submissions whose answers were cut off: under the same key they make one prediction, whether or not the first was accepted. */
    private void sendAgain() {
        for (int left = unanswered.size(); left > 0; left--) {
            answeredLater++;
            submit(unanswered.remove());
        }
    }

    private void submit(Unanswered order) {
        try {
            HttpResponse<String> answer = http.send(
                    calls.request("/api/v1/model/generateImage")
                            .header("Idempotency-Key", order.key())
                            .POST(HttpRequest.BodyPublishers.ofString(order.body()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher id = ID.matcher(answer.body());
            if (answer.statusCode() == 200 && id.find()) {
                accepted.putIfAbsent(id.group(1), List.of());
                asked.put(id.group(1), order.images());
            } else {
                System.out.println("refused with " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            unanswered.add(order);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel(String id) {
        try {
            HttpResponse<String> answer = http.send(
                    calls.request("/api/v1/model/prediction/" + id + "/cancel")
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                canceled.add(id);
            }
        } catch (IOException e) {
            // Not answered: it may be canceled or not, and either is right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void upload() {
        try {
            BufferedImage picture = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(random.nextInt(256), random.nextInt(256), random.nextInt());
            ByteArrayOutputStream form = new ByteArrayOutputStream();
            form.write(
                    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
                            .getBytes());
            ImageIO.write(picture, "png", form);
            form.write("\r\n--b--\r\n".getBytes());
            HttpResponse<String> answer = http.send(
                    calls.request("/api/v1/model/uploadMedia")
                            .setHeader("Content-Type", "multipart/form-data; boundary=b")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher url = URL.matcher(answer.body());
            if (answer.statusCode() == 200 && url.find()) {
                uploads.add(url.group(1));
            }
        } catch (IOException e) {
            // Not answered, so not accepted: its sender knows that it must send it again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Remembers the outputs of a prediction; one that was there and is gone is kept for the report. */
    private void look(String id) {
        String body = calls.get("/api/v1/model/prediction/" + id);
        if (!body.isEmpty()) {
            accepted.computeIfPresent(id, (_, before) -> {
                List<String> now = ServiceCalls.outputs(body);
                List<String> all = new ArrayList<>(before);
                now.stream().filter(o -> !all.contains(o)).forEach(all::add);
                return all;
            });
            String status = ServiceCalls.first(STATUS, body.substring(body.indexOf("\"data\"")));
            if (ServiceCalls.isEnd(status)) {
                ended.add(id);
            }
        }
    }

    private boolean report(int kills) throws InterruptedException, IOException {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        int lost = 0;
        int outputsLost = 0;
        int pictures = 0;
        int fewer = 0;
        for (Map.Entry<String, List<String>> entry : accepted.entrySet()) {
            String body = settled(entry.getKey());
            String status = ServiceCalls.first(STATUS, body.isEmpty() ? "" : body.substring(body.indexOf("\"data\"")));
            counts.merge(status.isEmpty() ? "lost" : status, 1, Integer::sum);
            List<String> outputs = body.isEmpty() ? List.of() : ServiceCalls.outputs(body);
            boolean ends = status.equals("completed")
                    || status.equals("canceled")
                    || status.equals("failed")
                            && !ServiceCalls.first(ERROR, body).isEmpty();
            if (!ends || canceled.contains(entry.getKey()) && !body.contains("\"state\":\"canceled\"")) {
                lost++;
                System.out.println("LOST " + entry.getKey() + ": " + body);
            }
            if (status.equals("failed")) {
                reasons.merge(ServiceCalls.first(ERROR, body), 1, Integer::sum);
            }
            long gone =
                    entry.getValue().stream().filter(o -> !outputs.contains(o)).count();
            long unreadable = outputs.stream().filter(o -> !calls.opens(o)).count();
            long twice = outputs.size() - outputs.stream().distinct().count();
            pictures += outputs.size();
            if (status.equals("completed") && outputs.size() < asked.getOrDefault(entry.getKey(), 0)) {
                fewer++;
                System.out.printf("FEWER %s: %d of %d%n", entry.getKey(), outputs.size(), asked.get(entry.getKey()));
            }
            if (gone + unreadable + twice > 0) {
                outputsLost++;
                System.out.printf(
                        "OUTPUTS %s: %d gone, %d cannot be opened, %d twice%n",
                        entry.getKey(), gone, unreadable, twice);
            }
        }
        System.out.printf(
                "kills %d, accepted %d, %s, pictures %d, lost predictions %d, predictions with lost outputs %d%n",
                kills, accepted.size(), counts, pictures, lost, outputsLost);
        reasons.forEach((reason, count) -> System.out.printf("failed %d times: %s%n", count, reason));
        System.out.printf(
                "kills with work in hand %d, submissions sent again under their key %d, canceled %d, with fewer pictures than asked %d%n",
                inHand, answeredLater, canceled.size(), fewer);
        return lost + outputsLost + fewer + besides(pictures) == 0;
    }

    /** What is wrong beside the predictions: doubles, uploads, webhooks, usage, files. */
    private int besides(int pictures) throws IOException {
        int doubles = ServiceCalls.number(TOTAL, calls.get("/api/v1/model/history?pageNo=1&pageSize=1")) - accepted.size();
        long uploadsLost = uploads.stream().filter(url -> !calls.opens(url)).count();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (accepted.keySet().stream().anyMatch(id -> !told.containsKey(id)) && System.nanoTime() < deadline) {
            pause(500);
        }
        long untold =
                accepted.keySet().stream().filter(id -> !told.containsKey(id)).count();
        long toldAgain = told.values().stream().filter(times -> times > 1).count();
        String usage = calls.get("/api/v1/usage");
        Matcher images = IMAGES.matcher(usage);
        int counted = 0;
        while (images.find()) {
            counted += Integer.parseInt(images.group(1));
        }
        long orphans = orphans();
        System.out.printf(
                "predictions that nobody was answered %d, uploads %d of which lost %d, webhooks missing %d (told more than once %d),"
                        + " pictures by usage %d, files without a name %d%n",
                doubles, uploads.size(), uploadsLost, untold, toldAgain, counted, orphans);
        return (int) (Math.abs(doubles) + uploadsLost + untold + Math.abs(counted - pictures) + orphans);
    }

    /** Stored files that the service serves under no name. */
    private long orphans() throws IOException {
        int data = command.indexOf("--data");
        if (data < 0) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(Path.of(command.get(data + 1), "media"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name ->
                            !calls.opens(base + "/outputs/" + name) && !calls.opens(base + "/uploads/" + name))
                    .peek(name -> System.out.println("ORPHAN " + name))
                    .count();
        }
    }

    /** The prediction once it has ended, or what there is of it after ten minutes. */
    private String settled(String id) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        String body = "";
        while (System.nanoTime() < deadline) {
            body = calls.get("/api/v1/model/prediction/" + id);
            String status = body.isEmpty() ? "" : ServiceCalls.first(STATUS, body.substring(body.indexOf("\"data\"")));
            if (ServiceCalls.isEnd(status)) {
                return body;
            }
            pause(200);
        }
        return body;
    }

    private static void pause(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
