package dev.atelier.cli;

import dev.atelier.engine.tensor.DeviceThread;
import picocli.CommandLine.Command;

/**
 * {@code atelier warm-up}: unpacks the native libraries. The launcher runs it once under a lock, because several processes that
 * unpack at the same time crash each other.
 */
@Command(name = "warm-up", hidden = true, description = "Unpack the native libraries and end.")
final class WarmUpCommand implements Runnable {
    @Override
    public void run() {
        new DeviceThread("warm-up").close();
    }
}
