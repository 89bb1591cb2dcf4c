package dev.atelier.studio;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.Watermark;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureWriter;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Output;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the files of a request's pictures: format, visible mark, and what reproduces the picture. Nothing in a file says when, where or
 * for whom it was made, so the same request gives the same bytes on every surface; signed credentials, where they are wanted, come on top.
 */
public record PictureStamp(
        GenerationRequest request, GenerationPlan plan, ModelInfo model, ContentCredentials credentials) {
    /** In {@link PictureMetadata#extra}: number of pictures that the model was given. */
    public static final String GIVEN = "given_pictures";

    /** In {@link PictureMetadata#extra}, where a mark is drawn into the picture. */
    public static final String MARK = "mark";

    /** A folder before a model's name: where models lie is nobody's business who gets a picture. */
    private static final String FOLDER = "^(?:[/\\\\.~]|[A-Za-z]:).*[/\\\\](?=.)";

    /** The picture as a file of {@link #format}. */
    public byte[] file(GeneratedImage image) {
        String name = modelName();
        PictureMetadata metadata = new PictureMetadata(
                "Atelier " + AtelierVersion.text(),
                name,
                image.prompt(),
                plan.negativePrompt(),
                new PictureMetadata.Sampling(image.seed(), image.steps(), image.guidanceScale()),
                PictureSize.of(image.picture()),
                facts(image.index()));
        return credentials.sign(PictureWriter.write(marked(image.picture()), format(), metadata), plan, name);
    }

    /** What drawing the picture again needs to know besides, see {@code atelier replay}. @param index of the picture in the plan */
    private Map<String, String> facts(int index) {
        Map<String, String> facts = new TreeMap<>(Map.of("precision", model.precision()));
        int shot = Math.min(index, plan.shots().size() - 1);
        int given = plan.shots().get(shot).references().size() + (plan.linked() ? shot : 0);
        if (given > 0) {
            facts.put(GIVEN, Integer.toString(given));
        }
        if (request.output().watermark()) {
            facts.put(MARK, "visible");
        }
        return facts;
    }

    /** The model's name as files say it. */
    public String modelName() {
        return model.name().replaceFirst(FOLDER, "");
    }

    public PictureFormat format() {
        return request.output().format().file();
    }

    /** Whether a file has the very pixels that the model made: no mark, nothing lost. */
    public boolean isExact() {
        return request.output().format() == Output.Format.PNG
                && !request.output().watermark();
    }

    /** With the visible mark, in the language of the request, if the request wants it. */
    private Picture marked(Picture picture) {
        if (!request.output().watermark()) {
            return picture;
        }
        boolean chinese = request.prompt().text().codePoints().anyMatch(Character::isIdeographic);
        return (chinese ? Watermark.CHINESE : Watermark.ENGLISH).drawOn(picture);
    }
}
