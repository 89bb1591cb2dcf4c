package dev.atelier.server.api.atlas;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.ReferenceResolver;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Prediction;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What was ordered, in the fields of an order: sent again it makes the same pictures. References are URLs. */
@Component
class InputJson {
    private static final int MAX_SIDE = 64;
    private static final double SAME_SHAPE = 1e-4;

    private final MediaStore media;

    InputJson(MediaStore media) {
        this.media = media;
    }

    /** The fields that were given, and the seed that was drawn. */
    Map<String, Object> of(Prediction prediction, URI base) {
        GenerationRequest request = prediction.order().request();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("model", request.model());
        input.put("prompt", request.prompt().text());
        putText(input, "negative_prompt", request.prompt().negative());
        if (!request.prompt().expand()) {
            input.put("enable_prompt_expansion", false);
        }
        putReferences(input, request.references(), base);
        putSize(input, request.size());
        if (request.sequence().maxImages() > 0) {
            input.put("max_images", request.sequence().maxImages());
        }
        Sampling sampling = request.sampling();
        if (sampling.steps() > 0) {
            input.put("steps", sampling.steps());
        }
        if (sampling.guidanceScale() != Sampling.MODEL_GUIDANCE) {
            input.put("guidance_scale", sampling.guidanceScale());
        }
        input.put("seed", sampling.seed());
        input.put("output_format", request.output().format().name().toLowerCase(Locale.ROOT));
        if (request.output().watermark()) {
            input.put("watermark", true);
        }
        return input;
    }

    private void putReferences(Map<String, Object> input, References references, URI base) {
        if (!references.images().isEmpty()) {
            input.put(
                    "images",
                    references.images().stream().map(name -> url(name, base)).toList());
        }
        if (!references.mask().isEmpty()) {
            input.put("mask", url(references.mask(), base));
        }
        putText(input, "outpaint", references.outpaint());
        if (references.strength() != References.MODEL_STRENGTH) {
            input.put("strength", references.strength());
        }
    }

    /** One that has expired keeps its URL: an order with it is told so. */
    private String url(String name, URI base) {
        if (!name.startsWith(ReferenceResolver.OURS)) {
            return name;
        }
        String id = name.substring(ReferenceResolver.OURS.length());
        StoredMedia.Kind kind = media.find(id).map(StoredMedia::kind).orElse(StoredMedia.Kind.UPLOAD);
        return media.url(id, kind, base).toString();
    }

    private static void putSize(Map<String, Object> input, SizeWish size) {
        if (size.exact()) {
            input.put("size", size.width() + "*" + size.height());
        } else if (size.tier() != SizeWish.Tier.MODEL) {
            input.put("size", size.tier().side() / 1024 + "K");
            if (size.aspect() != 0) {
                input.put("aspect_ratio", shape(size.aspect()));
            }
        } else if (size.aspect() != 0) {
            input.put("size", shape(size.aspect()));
        }
    }

    /** The ratio of the smallest whole numbers, such as 16:9. */
    private static String shape(double aspect) {
        for (int height = 1; height <= MAX_SIDE; height++) {
            long width = Math.round(aspect * height);
            if (width > 0 && Math.abs(aspect - (double) width / height) < SAME_SHAPE * aspect) {
                return width + ":" + height;
            }
        }
        return String.format(Locale.ROOT, "%.4f:1", aspect);
    }

    private static void putText(Map<String, Object> input, String field, String text) {
        if (!text.isEmpty()) {
            input.put(field, text);
        }
    }
}
