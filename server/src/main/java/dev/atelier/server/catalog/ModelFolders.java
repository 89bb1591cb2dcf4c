package dev.atelier.server.catalog;

import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.models.EmbeddedModels;
import dev.atelier.prompt.words.Vocabulary;
import dev.atelier.server.AtelierProperties;
import dev.atelier.studio.ModelPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds the folder of a model. */
@Component
public class ModelFolders {
    private static final Logger log = LoggerFactory.getLogger(ModelFolders.class);
    static final String FOLDER = "folder:";
    private static final String EMBEDDED = "embedded:";

    private final EmbeddedModels embedded = new EmbeddedModels();
    private final Path unpacked;
    private final Map<String, Optional<ModelOutline>> outlines = new ConcurrentHashMap<>();
    private final Map<String, Vocabulary> vocabularies = new ConcurrentHashMap<>();

    public ModelFolders(AtelierProperties properties) {
        unpacked = properties.data().resolve("models");
    }

    /**
     * The model's folder in the layout of Hugging Face; an embedded one is unpacked into the data folder once.
     *
     * @throws IllegalStateException when there is none, saying where it was looked for
     */
    public Path folder(ModelEntry model) {
        String source = model.source();
        if (source.startsWith(FOLDER)) {
            return named(model.id(), Path.of(source.substring(FOLDER.length())));
        }
        if (source.startsWith(EMBEDDED)) {
            return carried(model.id(), source.substring(EMBEDDED.length()));
        }
        throw new IllegalStateException(
                "model " + model.id() + ": source '" + source + "' is neither embedded:NAME nor folder:PATH");
    }

    /** What the model's folder says of itself; empty where it is not on this machine, as on nodes that only answer requests. */
    public Optional<ModelOutline> outline(ModelEntry model) {
        return outlines.computeIfAbsent(model.id(), _ -> {
            try {
                return Optional.of(ModelOutline.read(folder(model)));
            } catch (IllegalStateException | EngineException e) {
                log.warn("what {} can do is not known here: {}", model.id(), e.getMessage());
                return Optional.empty();
            }
        });
    }

    /**
     * The words that the model knows; none where its folder is not on this machine.
     *
     * @throws IllegalArgumentException naming file, line and fault when they are broken
     */
    public Vocabulary vocabulary(ModelEntry model) {
        return vocabularies.computeIfAbsent(model.id(), _ -> {
            try {
                return Vocabulary.ofModel(folder(model));
            } catch (IllegalStateException e) {
                log.warn("the words of {} are not known here: {}", model.id(), e.getMessage());
                return Vocabulary.NONE;
            }
        });
    }

    /** Bytes that the model's weights take in memory, by its precision. */
    public long weightBytes(ModelEntry model) {
        return ModelPool.weightBytes(folder(model), Precision.parse(model.precision()));
    }

    private static Path named(String id, Path folder) {
        if (!Files.isRegularFile(folder.resolve("model_index.json"))) {
            throw new IllegalStateException(
                    "model " + id + ": " + folder.toAbsolutePath() + " is no model folder: it has no model_index.json");
        }
        return folder;
    }

    private Path carried(String id, String name) {
        if (!embedded.has(name)) {
            throw new IllegalStateException("model " + id + ": this build carries no '" + name
                    + "'; name a model folder in the catalog (source: folder:PATH)");
        }
        return embedded.folder(name, unpacked);
    }
}
