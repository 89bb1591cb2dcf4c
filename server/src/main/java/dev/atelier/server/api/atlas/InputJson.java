package dev.atelier.server.api.atlas;

import dev.atelier.api.InputView;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.ReferenceResolver;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Prediction;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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
    InputView of(Prediction prediction, URI base) {
        GenerationRequest request = prediction.order().request();
        References references = request.references();
        Sampling sampling = request.sampling();
        List<String> images =
                references.images().stream().map(name -> url(name, base)).toList();
        return new InputView(
                request.model(),
                request.prompt().text(),
                given(request.prompt().negative()),
                request.prompt().expand() ? null : false,
                images.isEmpty() ? null : images,
                references.mask().isEmpty() ? null : url(references.mask(), base),
                given(references.outpaint()),
                references.strength() == References.MODEL_STRENGTH ? null : references.strength(),
                size(request.size()),
                aspectRatio(request.size()),
                positive(request.sequence().maxImages()),
                positive(sampling.steps()),
                sampling.guidanceScale() == Sampling.MODEL_GUIDANCE ? null : sampling.guidanceScale(),
                sampling.seed(),
                request.output().format().name().toLowerCase(Locale.ROOT),
                request.output().watermark() ? true : null,
                request.template().given() ? request.template().reference() : null,
                request.template().given() ? request.template().slots() : null);
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

    private static String size(SizeWish size) {
        if (size.exact()) {
            return size.width() + "*" + size.height();
        }
        if (size.tier() != SizeWish.Tier.MODEL) {
            return size.tier().side() / 1024 + "K";
        }
        return size.aspect() == 0 ? null : shape(size.aspect());
    }

    /** Of an area by name; alone, a shape is a size. */
    private static String aspectRatio(SizeWish size) {
        boolean area = !size.exact() && size.tier() != SizeWish.Tier.MODEL;
        return area && size.aspect() != 0 ? shape(size.aspect()) : null;
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

    private static String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Integer positive(int number) {
        return number > 0 ? number : null;
    }
}
