package dev.atelier.prompt.rules;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.SizeWish;
import java.util.List;
import java.util.Locale;

/** Settles the size: the request's own fields, then the prompt's words, then the first reference, then the model. */
final class SizePlanner {
    /** How far a shape may be off before the reasons say what it is drawn as. */
    private static final double EXACT = 1e-3;

    private SizePlanner() {}

    static PlannedSize plan(GenerationRequest request, ModelProfile model, MaskedText text, List<String> reasons) {
        SizeWish wish = request.size();
        if (wish.exact()) {
            long pixels = (long) wish.width() * wish.height();
            check(pixels, wish.width() + "*" + wish.height(), model);
            return new PlannedSize(wish.width(), wish.height(), pixels, model.sizeMultiple());
        }
        check((long) wish.tier().side() * wish.tier().side(), wish.tier().name(), model);
        ShapeReader.Shape shape =
                ShapeReader.read(text, !request.references().images().isEmpty());
        if (shape.width() > 0 && wish.aspect() == 0 && wish.tier() == SizeWish.Tier.MODEL) {
            PlannedSize named = named(shape, model);
            reasons.add("size " + shape.width() + "x" + shape.height() + ": the prompt names it"
                    + (named.width() == shape.width() && named.height() == shape.height()
                            ? ""
                            : "; drawn as " + named.width() + "x" + named.height()));
            return named;
        }
        SizeWish.Tier tier = wish.tier() == SizeWish.Tier.MODEL ? shape.tier() : wish.tier();
        int side = tier == SizeWish.Tier.MODEL ? model.nativeSize() : tier.side();
        long pixels = Math.min((long) side * side, model.maxPixels());
        double aspect = wish.aspect() > 0 ? wish.aspect() : shape.aspect();
        if (!shape.words().isEmpty()) {
            reasons.add("shape: the prompt says \"" + String.join("\", \"", shape.words()) + "\"");
        }
        if (aspect == 0 && !request.references().images().isEmpty()) {
            return new PlannedSize(0, 0, pixels, model.sizeMultiple());
        }
        PlannedSize size = PlannedSize.of(aspect == 0 ? 1 : aspect, pixels, model.sizeMultiple());
        if (aspect > 0 && Math.abs(size.width() / (aspect * size.height()) - 1) > EXACT) {
            reasons.add("drawn as " + size.width() + "x" + size.height() + ": the sides are multiples of "
                    + model.sizeMultiple() + " pixels");
        }
        return size;
    }

    /** The prompt's own sides, cut down to multiples; its shape alone when they are too large or too small for that. */
    private static PlannedSize named(ShapeReader.Shape shape, ModelProfile model) {
        long wished = (long) shape.width() * shape.height();
        long pixels = Math.min(wished, model.maxPixels());
        int multiple = model.sizeMultiple();
        return pixels == wished && Math.min(shape.width(), shape.height()) >= multiple
                ? new PlannedSize(
                        shape.width() / multiple * multiple, shape.height() / multiple * multiple, pixels, multiple)
                : PlannedSize.of((double) shape.width() / shape.height(), pixels, multiple);
    }

    private static void check(long pixels, String size, ModelProfile model) {
        if (pixels > model.maxPixels()) {
            throw new InvalidRequestException(
                    "size",
                    String.format(Locale.ROOT, "%s is %,d pixels", size, pixels),
                    String.format(Locale.ROOT, "model %s makes at most %,d", model.id(), model.maxPixels()));
        }
    }
}
