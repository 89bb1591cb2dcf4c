package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Pulls model folders from a hub with Hugging Face's URL layout. A pull that stops half-way, for whatever reason, is finished
 * by the same call later; until then {@link ModelStore} calls the folder incomplete. Safe to use from several threads and
 * processes: one puller a model, the others wait.
 */
public final class HubClient {
    /** Files fetched at a time. */
    private static final int PARALLEL = 4;
    /** Room left on the disk beyond the model, bytes. */
    private static final long HEADROOM = 64L << 20;

    private final HubOptions options;
    private final Clock clock;
    private final Retry.Sleeper sleeper;
    private final Disk disk;

    public HubClient(HubOptions options) {
        this(options, Clock.systemUTC(), Retry.Sleeper.SYSTEM, Disk.SYSTEM);
    }

    HubClient(HubOptions options, Clock clock, Retry.Sleeper sleeper, Disk disk) {
        this.options = options;
        this.clock = clock;
        this.sleeper = sleeper;
        this.disk = disk;
    }

    /** The parts of one pull that share its connections and its listener. */
    private record Session(HubApi api, FileDownload download, PullListener listener) {}

    /**
     * Brings {@code model} to {@code modelsDir/OWNER/NAME}: the files that a pipeline needs, each verified. Files that are there
     * and right are kept; files of an earlier revision that this one lacks are deleted; files that no pull brought are left
     * alone.
     *
     * @return the folder
     * @throws HubException naming what failed and what to do
     */
    public Path pull(ModelId model, Path modelsDir, PullListener listener) {
        return inSession(model, modelsDir, listener, this::pullLocked);
    }

    /**
     * Brings one file of {@code model} to {@code modelsDir/OWNER/NAME}, verified as by {@link #pull}; other files there are left alone. What
     * else the repository holds, such as the same weights in other formats, stays on the hub.
     *
     * @param path as the repository names it, such as {@code klein-Q4_K.gguf} or {@code gguf/klein-Q8_0.gguf}
     * @return the file
     * @throws HubException naming what failed and what to do; when there is no such file, which weights there are
     */
    public Path pullFile(ModelId model, String path, Path modelsDir, PullListener listener) {
        if (!RemoteFile.isSafe(path)) {
            throw new HubException(
                    Kind.BAD_NAME,
                    "file: '" + RemoteFile.printable(path) + "' is no path of a file inside a repository");
        }
        return inSession(model, modelsDir, listener, (id, folder, session) -> pullFileLocked(id, path, folder, session))
                .resolve(path);
    }

    /** What is done while the model's folder is locked. */
    private interface Work {
        void run(ModelId model, Path folder, Session session) throws IOException, InterruptedException;
    }

    private Path inSession(ModelId model, Path modelsDir, PullListener listener, Work work) {
        Path folder =
                modelsDir.toAbsolutePath().normalize().resolve(model.owner()).resolve(model.name());
        Retry retry = new Retry(sleeper, listener);
        try (FolderLock _ = FolderLock.acquire(folder, listener);
                HubHttp http = new HubHttp(options, clock);
                StallGuard guard = new StallGuard(options.stallTimeout())) {
            HubApi api = new HubApi(options, http, retry);
            FileDownload download = new FileDownload(http, retry, disk, guard, listener);
            work.run(model, folder, new Session(api, download, listener));
            return folder;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(Kind.INTERRUPTED, model + ": stopped; the same command goes on from here", e);
        } catch (IOException e) {
            throw Disk.failure(folder, e);
        }
    }

    private void pullFileLocked(ModelId model, String path, Path folder, Session session)
            throws IOException, InterruptedException {
        String commit = session.api().commit(model);
        List<RemoteFile> all = session.api().files(model, commit);
        RemoteFile file = all.stream()
                .filter(candidate -> candidate.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new HubException(
                        Kind.NOT_FOUND, model + " has no file '" + path + "'" + FileSelection.weightsAmong(all)));
        Files.createDirectories(folder);
        List<RemoteFile> missing = missing(List.of(file), folder, Optional.empty());
        plan(commit, List.of(file), missing, folder, session.listener());
        fetch(
                missing.stream()
                        .map(wanted -> job(model, commit, wanted, folder, session))
                        .toList(),
                session.download());
    }

    private void pullLocked(ModelId model, Path folder, Session session) throws IOException, InterruptedException {
        String commit = session.api().commit(model);
        Optional<PullManifest> before = PullManifest.read(folder);
        if (before.isPresent()
                && before.get().commit().equals(commit)
                && before.get().isWhole(folder)) {
            long bytes = before.get().files().stream()
                    .mapToLong(PullManifest.Entry::size)
                    .sum();
            session.listener().onPlan(commit, before.get().files().size(), bytes, bytes);
            return;
        }
        List<RemoteFile> all = session.api().files(model, commit);
        RemoteFile index = all.stream()
                .filter(file -> file.path().equals(FileSelection.INDEX))
                .findFirst()
                .orElseThrow(() -> new HubException(
                        Kind.NOT_FOUND,
                        model + " has no " + FileSelection.INDEX
                                + ": it is no pipeline folder as diffusers writes them; --file brings one file of it"
                                + FileSelection.weightsAmong(all)));

        Map<String, PullManifest.Entry> known = new LinkedHashMap<>();
        before.ifPresent(manifest -> manifest.files().forEach(entry -> known.put(entry.path(), entry)));
        mark(model, commit, known, folder);
        if (!isHere(index, folder, before)) {
            session.download().run(job(model, commit, index, folder, session));
        }
        List<RemoteFile> needed = FileSelection.needed(all, FileSelection.components(index.in(folder)));
        List<PullManifest.Entry> entries =
                needed.stream().map(PullManifest.Entry::of).toList();
        entries.forEach(entry -> known.put(entry.path(), entry));
        mark(model, commit, known, folder);

        List<RemoteFile> missing = missing(needed, folder, before);
        plan(commit, needed, missing, folder, session.listener());
        fetch(
                missing.stream()
                        .map(file -> job(model, commit, file, folder, session))
                        .toList(),
                session.download());

        entries.forEach(entry -> known.remove(entry.path()));
        for (String stale : known.keySet()) {
            Files.deleteIfExists(RemoteFile.resolve(folder, stale));
        }
        new PullManifest(
                        true,
                        model.repository(),
                        model.revision(),
                        commit,
                        entries,
                        clock.instant().toString())
                .write(folder);
    }

    private static void mark(ModelId model, String commit, Map<String, PullManifest.Entry> known, Path folder) {
        new PullManifest(false, model.repository(), model.revision(), commit, List.copyOf(known.values()), "")
                .write(folder);
    }

    private static FileDownload.Job job(ModelId model, String commit, RemoteFile file, Path folder, Session session) {
        return new FileDownload.Job(model, session.api().bytes(model, commit, file), file, file.in(folder));
    }

    private static List<RemoteFile> missing(List<RemoteFile> needed, Path folder, Optional<PullManifest> before)
            throws IOException {
        List<RemoteFile> missing = new ArrayList<>();
        for (RemoteFile file : needed) {
            if (!isHere(file, folder, before)) {
                missing.add(file);
            }
        }
        return missing;
    }

    /** Whether the file is in place and right; files that a finished pull verified are not hashed again. */
    private static boolean isHere(RemoteFile file, Path folder, Optional<PullManifest> before) throws IOException {
        Path target = file.in(folder);
        boolean verified = before.isPresent()
                && before.get().complete()
                && before.get().files().contains(PullManifest.Entry.of(file));
        return verified
                ? Files.isRegularFile(target) && Files.size(target) == file.size()
                : file.checksum().matches(target, file.size());
    }

    private void plan(
            String commit, List<RemoteFile> needed, List<RemoteFile> missing, Path folder, PullListener listener)
            throws IOException {
        long total = needed.stream().mapToLong(RemoteFile::size).sum();
        long toCome = 0;
        for (RemoteFile file : missing) {
            toCome += file.size() - new PartFile(file, file.in(folder)).resumableBytes();
        }
        long usable = disk.usableBytes(folder);
        if (toCome > 0 && toCome + HEADROOM > usable) {
            throw new HubException(
                    Kind.DISK,
                    "the disk is too full: " + toCome / 1_000_000 + " MB are to come and " + usable / 1_000_000
                            + " MB are free at " + folder + "; make room or choose another --models-dir");
        }
        listener.onPlan(commit, needed.size(), total, total - toCome);
    }

    private static void fetch(List<FileDownload.Job> jobs, FileDownload download) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(
                PARALLEL, Thread.ofPlatform().daemon().name("atelier-pull-", 0).factory());
        try {
            ExecutorCompletionService<Path> done = new ExecutorCompletionService<>(executor);
            Map<Future<Path>, FileDownload.Job> running = new HashMap<>();
            for (FileDownload.Job job : jobs) {
                running.put(
                        done.submit(() -> {
                            download.run(job);
                            return job.target();
                        }),
                        job);
            }
            for (int i = 0; i < jobs.size(); i++) {
                Future<Path> finished = done.take();
                try {
                    finished.get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof HubException known) {
                        throw known;
                    }
                    throw new HubException(
                            Kind.UNAVAILABLE, running.get(finished).file().path() + ": " + e.getCause(), e.getCause());
                }
            }
        } finally {
            // The other downloads stop at once; their parts stay for the next pull.
            executor.shutdownNow();
            executor.close();
        }
    }
}
