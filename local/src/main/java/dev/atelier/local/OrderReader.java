package dev.atelier.local;

import dev.atelier.client.AtelierException;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.ImageOrder;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.TemplateUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Reads the fields of an order as the service reads them; what is not read has no effect and is told of. */
final class OrderReader {
    /** As many as the service draws from. */
    private static final long SEEDS = 1L << 32;

    private final Map<String, Object> fields;
    private final List<String> warnings = new ArrayList<>();

    /** @param warnings what of the order has no effect */
    record Read(GenerationRequest request, List<String> warnings) {}

    private OrderReader(ImageOrder order) {
        fields = new LinkedHashMap<>(order.fields());
    }

    /**
     * @param model that draws, whatever the order names
     * @throws AtelierException of code {@code INVALID} naming field, value and bound
     */
    static Read read(ImageOrder order, String model) {
        try {
            return new OrderReader(order).read(model);
        } catch (InvalidRequestException e) {
            throw new AtelierException(Code.INVALID, e.field(), e.getMessage(), null, e);
        }
    }

    private Read read(String model) {
        String named = text("model");
        if (!named.isEmpty() && !named.equals(model)) {
            warnings.add("model: '" + named + "' is not in this process; " + model + " draws it");
        }
        GenerationRequest request = new GenerationRequest(
                model,
                new Prompt(text("prompt"), text("negative_prompt"), flag("enable_prompt_expansion", true)),
                new References(
                        pictures(), text("mask"), number("strength", References.MODEL_STRENGTH), text("outpaint")),
                size(),
                sequence(),
                sampling(),
                new Output(Output.Format.parse(text("output_format")), flag("watermark", false)),
                TemplateUse.NONE);
        fields.keySet().forEach(name -> warnings.add(name + ": has no effect in this process"));
        return new Read(request, List.copyOf(warnings));
    }

    private Sampling sampling() {
        long seed = whole("seed", Sampling.RANDOM_SEED);
        return new Sampling(
                small("steps", 0),
                number("guidance_scale", Sampling.MODEL_GUIDANCE),
                seed == Sampling.RANDOM_SEED ? ThreadLocalRandom.current().nextLong(SEEDS) : seed);
    }

    private SequenceWish sequence() {
        String wish = text("sequential_image_generation");
        int most = small("max_images", 0);
        return switch (wish) {
            case "", "auto" -> SequenceWish.auto(most);
            case "disabled" -> SequenceWish.disabled(most);
            default ->
                throw new InvalidRequestException(
                        "sequential_image_generation", "'" + wish + "'", "auto or disabled is needed");
        };
    }

    /** The sides, else the size with the shape beside it. */
    private SizeWish size() {
        int width = small("width", 0);
        int height = small("height", 0);
        SizeWish size = width == 0 && height == 0 ? SizeWish.parse(text("size")) : sides(width, height);
        SizeWish shape = SizeWish.parse(text("aspect_ratio"));
        if (shape.aspect() == 0 || shape.equals(size)) {
            return size;
        }
        if (!size.exact() && size.aspect() == 0) {
            return new SizeWish(0, 0, size.tier(), shape.aspect());
        }
        warnings.add("aspect_ratio: has no effect beside a size that has a shape");
        return size;
    }

    private SizeWish sides(int width, int height) {
        if (!text("size").isEmpty()) {
            warnings.add("size: has no effect beside width and height");
        }
        if (width == 0 || height == 0) {
            throw new InvalidRequestException(
                    width == 0 ? "width" : "height", "missing", "width and height are given together");
        }
        return SizeWish.of(width, height);
    }

    private List<String> pictures() {
        Object value = fields.remove("images");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw new InvalidRequestException("images", "is no list of texts", "data URIs or base64 are needed");
        }
        return list.stream().map(String.class::cast).toList();
    }

    private String text(String name) {
        return switch (fields.remove(name)) {
            case null -> "";
            case String text -> text;
            case Object other -> throw wrong(name, other, "a text is needed");
        };
    }

    private boolean flag(String name, boolean otherwise) {
        return switch (fields.remove(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case Object other -> throw wrong(name, other, "true or false is needed");
        };
    }

    private long whole(String name, long otherwise) {
        return switch (fields.remove(name)) {
            case null -> otherwise;
            case Integer number -> number;
            case Long number -> number;
            case Object other -> throw wrong(name, other, "a whole number is needed");
        };
    }

    private int small(String name, int otherwise) {
        long number = whole(name, otherwise);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new InvalidRequestException(name, String.valueOf(number), "0 to 2,147,483,647 is allowed");
        }
        return (int) number;
    }

    private double number(String name, double otherwise) {
        return switch (fields.remove(name)) {
            case null -> otherwise;
            case Number number -> number.doubleValue();
            case Object other -> throw wrong(name, other, "a number is needed");
        };
    }

    private static InvalidRequestException wrong(String name, Object value, String needed) {
        return new InvalidRequestException(name, "is a " + value.getClass().getSimpleName(), needed);
    }
}
