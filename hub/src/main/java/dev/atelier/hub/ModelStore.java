package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import dev.atelier.hub.InstalledModel.State;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The models on this machine: folders {@code modelsDir/OWNER/NAME}, pulled or put there by hand. */
public final class ModelStore {
    private final Path modelsDir;

    public ModelStore(Path modelsDir) {
        this.modelsDir = modelsDir.toAbsolutePath().normalize();
    }

    /** The models here, by name; unfinished ones too. */
    public List<InstalledModel> list() {
        List<InstalledModel> models = new ArrayList<>();
        for (Path owner : folders(modelsDir)) {
            for (Path folder : folders(owner)) {
                if (isModel(folder)) {
                    models.add(describe(owner.getFileName() + "/" + folder.getFileName(), folder));
                }
            }
        }
        return models;
    }

    /**
     * The folder that {@code model} means: a path of a model folder, {@code OWNER/NAME}, or {@code NAME} alone when only one
     * owner has it here.
     *
     * @throws HubException when there is none, or its pull was not finished
     */
    public Path resolve(String model) {
        Optional<Path> folder = asFolder(model);
        if (folder.isPresent()) {
            requireComplete(folder.get());
            return folder.get();
        }
        List<Path> matches = folders(modelsDir).stream()
                .flatMap(owner -> folders(owner).stream())
                .filter(ModelStore::isModel)
                .filter(found -> model.equals(nameOf(found))
                        || model.equals(found.getFileName().toString()))
                .toList();
        if (matches.size() == 1) {
            requireComplete(matches.getFirst());
            return matches.getFirst();
        }
        if (matches.isEmpty()) {
            String known = list().stream().map(InstalledModel::name).collect(Collectors.joining(", "));
            throw new HubException(
                    Kind.NOT_FOUND,
                    "model: '" + model + "' is no model folder and no model under " + modelsDir
                            + (known.isEmpty() ? "" : " (there: " + known + ")")
                            + "; 'atelier pull OWNER/NAME' brings one");
        }
        throw new HubException(
                Kind.BAD_NAME,
                "model: '" + model + "' could be "
                        + matches.stream().map(ModelStore::nameOf).collect(Collectors.joining(" or "))
                        + "; give the owner too");
    }

    /**
     * Checks that no unfinished pull left {@code folder} half-way; a folder that no pull wrote passes.
     *
     * @throws HubException naming the command that finishes it
     */
    public static void requireComplete(Path folder) {
        Optional<PullManifest> manifest = PullManifest.read(folder);
        if (manifest.isPresent() && !manifest.get().isWhole(folder)) {
            throw new HubException(
                    Kind.INCOMPLETE,
                    folder + " is incomplete: its download was not finished or files are gone; 'atelier pull "
                            + manifest.get().repository() + "@" + manifest.get().revision() + "' completes it");
        }
        if (!Files.isRegularFile(folder.resolve(FileSelection.INDEX))) {
            throw new HubException(Kind.NOT_FOUND, "model: " + folder + " has no " + FileSelection.INDEX);
        }
    }

    /** What {@code folder} holds, under the name {@code name}. */
    public static InstalledModel describe(String name, Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(ModelStore::size)
                    .sum();
            return new InstalledModel(name, folder, bytes, ModelCard.licence(folder), precision(folder), state(folder));
        } catch (UncheckedIOException e) {
            throw new HubException(Kind.DISK, folder + " cannot be read: " + Reasons.of(e.getCause()), e);
        } catch (IOException e) {
            throw new HubException(Kind.DISK, folder + " cannot be read: " + Reasons.of(e), e);
        }
    }

    private static State state(Path folder) {
        try {
            return PullManifest.read(folder)
                    .map(manifest -> manifest.isWhole(folder) ? State.COMPLETE : State.INCOMPLETE)
                    .orElse(State.UNMANAGED);
        } catch (HubException e) {
            return State.INCOMPLETE;
        }
    }

    private static String precision(Path folder) {
        TreeSet<String> types = new TreeSet<>();
        List<Path> weights = list(folder.resolve("transformer"));
        for (Path file : weights.stream().anyMatch(ModelStore::isWeights) ? weights : list(folder)) {
            if (file.toString().endsWith(".gguf")) {
                types.add("gguf");
            } else if (isWeights(file)) {
                Optional<Set<String>> found = WeightTypes.of(file);
                if (found.isEmpty()) {
                    return ModelCard.UNKNOWN;
                }
                types.addAll(found.get());
            }
        }
        return types.isEmpty() ? ModelCard.UNKNOWN : String.join("+", types);
    }

    private static boolean isWeights(Path file) {
        return file.toString().endsWith(".safetensors") || file.toString().endsWith(".gguf");
    }

    private static Optional<Path> asFolder(String model) {
        try {
            Path folder = Path.of(model);
            return Files.isDirectory(folder)
                    ? Optional.of(folder.toAbsolutePath().normalize())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve(FileSelection.INDEX))
                || Files.isRegularFile(folder.resolve(PullManifest.NAME));
    }

    private static String nameOf(Path folder) {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }

    private static List<Path> folders(Path parent) {
        return list(parent).stream()
                .filter(path -> Files.isDirectory(path)
                        && !path.getFileName().toString().startsWith("."))
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new HubException(Kind.DISK, folder + " cannot be read: " + Reasons.of(e), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
