import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Resident memory of the service under a mixed load of bad bodies, damaged pictures and generations, over time. Linux.
 *
 * <p>Usage: {@code java bench/Memory.java MINUTES PORT COMMAND...}, where COMMAND starts the service on PORT, such as
 * {@code ./atelier serve --port 18080 --data DIR}. Prints a line every ten seconds and the slope over the second half.
 */
public final class Memory {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int CALLERS = 4;
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E+]+)");

    private final URI base;
    private final List<String> command;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final AtomicInteger bodies = new AtomicInteger();
    private final AtomicInteger pictures = new AtomicInteger();
    private final AtomicInteger generations = new AtomicInteger();
    private final AtomicInteger serverErrors = new AtomicInteger();

    /** @param minutes since the load began */
    private record Sample(double minutes, double megabytes) {}

    private Memory(int port, List<String> command) {
        this.base = URI.create("http://localhost:" + port);
        this.command = command;
    }

    public static void main(String... args) throws Exception {
        new Memory(Integer.parseInt(args[1]), Arrays.asList(args).subList(2, args.length))
                .run(Double.parseDouble(args[0]));
    }

    private void run(double minutes) throws Exception {
        Process service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitReady(service);
            long begin = System.nanoTime();
            long end = begin + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(caller);
                Thread.ofPlatform().daemon().start(() -> load(random, end));
            }
            List<Sample> samples = new ArrayList<>();
            while (System.nanoTime() < end) {
                samples.add(sample(service, begin));
                LockSupport.parkNanos(EVERY_NANOS);
            }
            report(samples);
        } finally {
            service.descendants().forEach(ProcessHandle::destroy);
            service.destroy();
            service.waitFor();
        }
    }

    private void awaitReady(Process service) throws Exception {
        while (service.isAlive()
                && status(request("/actuator/health/readiness").GET().build()) != 200) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        if (!service.isAlive()) {
            throw new IllegalStateException("the service does not start: " + command);
        }
    }

    private void load(Random random, long end) {
        while (System.nanoTime() < end) {
            switch (random.nextInt(10)) {
                case 0 -> generate(random);
                case 1, 2, 3 -> upload(random);
                default -> badBody(random);
            }
        }
    }

    private void generate(Random random) {
        generations.incrementAndGet();
        post(
                "/api/v1/model/generateImage",
                "application/json",
                BodyPublishers.ofString(
                        "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a red barn\", \"size\": \""
                                + (256 + 16 * random.nextInt(16))
                                + "*256\", \"steps\": 1, \"enable_sync_mode\": true}"));
    }

    private void badBody(Random random) {
        bodies.incrementAndGet();
        byte[] body = switch (random.nextInt(4)) {
            case 0 -> ("{\"prompt\": \"" + "a".repeat(random.nextInt(200_000)) + "\"}").getBytes();
            case 1 ->
                String.join("", Collections.nCopies(1 + random.nextInt(5000), "["))
                        .getBytes();
            case 2 ->
                ("{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"x\", \"image\": \""
                                + "A".repeat(random.nextInt(2_000_000)) + "\"}")
                        .getBytes();
            default -> {
                byte[] noise = new byte[random.nextInt(100_000)];
                random.nextBytes(noise);
                yield noise;
            }
        };
        post("/api/v1/model/generateImage", "application/json", BodyPublishers.ofByteArray(body));
    }

    private void upload(Random random) {
        pictures.incrementAndGet();
        try {
            ByteArrayOutputStream form = new ByteArrayOutputStream();
            form.write(
                    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: image/png\r\n\r\n"
                            .getBytes());
            form.write(damaged(random));
            form.write("\r\n--b--\r\n".getBytes());
            post(
                    "/api/v1/model/uploadMedia",
                    "multipart/form-data; boundary=b",
                    BodyPublishers.ofByteArray(form.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A picture of up to a megapixel in which some bytes are changed. */
    private static byte[] damaged(Random random) throws IOException {
        BufferedImage picture =
                new BufferedImage(64 + random.nextInt(960), 64 + random.nextInt(960), BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = picture.createGraphics();
        for (int i = 0; i < 20; i++) {
            drawing.setColor(new Color(random.nextInt(1 << 24)));
            drawing.fillOval(random.nextInt(900), random.nextInt(900), random.nextInt(300), random.nextInt(300));
        }
        drawing.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, List.of("png", "jpg", "gif", "bmp", "tif").get(random.nextInt(5)), bytes);
        byte[] file = bytes.toByteArray();
        for (int i = random.nextInt(6); i > 0; i--) {
            file[random.nextInt(file.length)] = (byte) random.nextInt(256);
        }
        return file;
    }

    private void post(String path, String type, BodyPublisher body) {
        if (status(request(path).header("Content-Type", type).POST(body).build()) / 100 == 5) {
            serverErrors.incrementAndGet();
        }
    }

    private Sample sample(Process service, long begin) throws IOException {
        double minutes = (System.nanoTime() - begin) / (double) TimeUnit.MINUTES.toNanos(1);
        double resident = residentMegabytes(service);
        System.out.printf(
                "%5.1f min  resident %5.0f MB  heap used %4.0f MB, committed %4.0f MB  direct buffers %3.0f MB  bad bodies %d, pictures %d, generations %d, 5xx %d%n",
                minutes,
                resident,
                metric("jvm.memory.used?tag=area:heap"),
                metric("jvm.memory.committed?tag=area:heap"),
                metric("jvm.buffer.memory.used?tag=id:direct"),
                bodies.get(),
                pictures.get(),
                generations.get(),
                serverErrors.get());
        return new Sample(minutes, resident);
    }

    private double metric(String name) {
        try {
            HttpResponse<String> answer =
                    http.send(request("/actuator/metrics/" + name).GET().build(), HttpResponse.BodyHandlers.ofString());
            Matcher value = VALUE.matcher(answer.body());
            return value.find() ? Double.parseDouble(value.group(1)) / (1 << 20) : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }

    /** Of the largest process that the command became or started. */
    private static double residentMegabytes(Process service) {
        return Stream.concat(Stream.of(service.toHandle()), service.descendants())
                .mapToDouble(Memory::residentMegabytes)
                .max()
                .orElse(0);
    }

    private static double residentMegabytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Least squares over the second half. */
    private static void report(List<Sample> samples) {
        List<Sample> half = samples.subList(samples.size() / 2, samples.size());
        double x = half.stream().mapToDouble(Sample::minutes).average().orElse(0);
        double y = half.stream().mapToDouble(Sample::megabytes).average().orElse(0);
        double xy = half.stream()
                .mapToDouble(s -> (s.minutes() - x) * (s.megabytes() - y))
                .sum();
        double xx = half.stream()
                .mapToDouble(s -> (s.minutes() - x) * (s.minutes() - x))
                .sum();
        System.out.printf(
                "resident %.0f MB at the start, %.0f at most; second half: mean %.0f MB, slope %+.2f MB a minute%n",
                samples.getFirst().megabytes(),
                samples.stream().mapToDouble(Sample::megabytes).max().orElse(0),
                y,
                xx == 0 ? 0 : xy / xx);
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer $ATLASCLOUD_API_KEY");
    }
}
