package dev.atelier.server.worker;

import dev.atelier.server.AtelierProperties;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.PredictionQueued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The workers of this process, one for each device of the catalog, and the reaper of the leases that dead ones let run out. */
@Component
class Workers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int RENEWALS_PER_LEASE = 3;

    private final AtelierProperties.Worker settings;
    private final Catalog catalog;
    private final LoadedModels pool;
    private final DeviceWorkers devices;
    private final LeaseReaper reaper;
    private final Readiness readiness;
    private volatile List<EngineThread> threads = List.of();
    private ScheduledExecutorService timer;

    Workers(
            AtelierProperties properties,
            Catalog catalog,
            LoadedModels pool,
            DeviceWorkers devices,
            LeaseReaper reaper,
            Readiness readiness) {
        this.settings = properties.worker();
        this.catalog = catalog;
        this.pool = pool;
        this.devices = devices;
        this.reaper = reaper;
        this.readiness = readiness;
    }

    @Override
    public synchronized void start() {
        if (!settings.enabled()) {
            log.info("no worker in this process (atelier.worker.enabled is false)");
            return;
        }
        reaper.takeOver();
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("leases").daemon().factory());
        String node = UUID.randomUUID().toString();
        Map<String, List<ModelEntry>> byDevice = catalog.models().stream()
                .collect(Collectors.groupingBy(ModelEntry::device, LinkedHashMap::new, Collectors.toList()));
        List<EngineThread> started = new ArrayList<>();
        byDevice.forEach((device, models) -> started.add(start(device, models, node)));
        threads = List.copyOf(started);
        long pause = settings.lease().toMillis() / RENEWALS_PER_LEASE;
        timer.scheduleWithFixedDelay(reaper::run, pause, pause, TimeUnit.MILLISECONDS);
        reaper.run();
        threads.forEach(EngineThread::start);
    }

    private EngineThread start(String device, List<ModelEntry> models, String node) {
        LeaseOwner holder = new LeaseOwner(node + "/" + device, settings.lease());
        Leases leases = devices.leases(holder);
        long pause = settings.lease().toMillis() / RENEWALS_PER_LEASE;
        timer.scheduleWithFixedDelay(leases::renew, pause, pause, TimeUnit.MILLISECONDS);
        Set<String> ids = models.stream().map(ModelEntry::id).collect(Collectors.toSet());
        ModelEntry first = models.getFirst();
        readiness.expect(first);
        return new EngineThread(
                device, devices.worker(ids, leases), () -> readiness.load(first, pool), settings.poll());
    }

    @EventListener
    void queued(PredictionQueued event) {
        if (event.waits() == Status.STARTING) {
            threads.forEach(EngineThread::wake);
        }
    }

    @Override
    public synchronized void stop() {
        try {
            for (EngineThread thread : threads) {
                thread.stop(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads = List.of();
        if (timer != null) {
            // Not shutdownNow: an interrupt in the middle of a write would close H2's file.
            timer.shutdown();
            timer = null;
        }
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }
}
