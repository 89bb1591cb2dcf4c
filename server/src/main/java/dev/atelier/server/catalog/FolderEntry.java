package dev.atelier.server.catalog;

import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.prompt.References;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import java.nio.file.Path;
import java.util.List;

/** Makes the catalog entry of a model folder that no catalog describes, from what the folder says of itself. */
final class FolderEntry {
    private FolderEntry() {}

    /** @throws dev.atelier.engine.tensor.EngineException when it is no model folder, saying what is missing */
    static ModelEntry of(Path folder, ModelSettings settings) {
        ModelOutline outline = ModelOutline.read(folder);
        String id = folder.toAbsolutePath().normalize().getFileName().toString();
        return new ModelEntry(
                id,
                ModelFolders.FOLDER + folder,
                settings.precision(),
                settings.device(),
                new ModelEntry.About(
                        id,
                        "Text to image, edit, composition of references and sequences of images with " + id
                                + ", on this machine.",
                        "",
                        List.of("text-to-image", "image-to-image", "edit", "sequence"),
                        List.of("text-to-image", "image-to-image")),
                new ModelEntry.Bounds(
                        SequenceWish.MAX_IMAGES,
                        References.MAX_IMAGES,
                        SizeWish.MAX_PIXELS,
                        outline.sizeMultiple(),
                        ImageRequest.MAX_STEPS,
                        settings.glyphReference()),
                new ModelEntry.Defaults(outline.defaultSize(), outline.defaultSteps(), outline.defaultGuidance(), 0));
    }
}
