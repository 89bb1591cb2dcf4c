package dev.atelier.engine.image;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Pictures as the tensors that an autoencoder takes and gives: (1, 3, H, W), channels red, green, blue, from -1 (0) to 1 (255).
 * The arithmetic and its rounding are those of {@code VaeImageProcessor} in diffusers ({@code image_processor.py}).
 */
public final class PictureTensors {
    /** Large pictures are converted in strips of this many pixels, so that intermediates stay small. */
    private static final int STRIP_PIXELS = 1 << 20;

    private PictureTensors() {}

    /** @return (1, 3, H, W) float32 on the CPU, {@code 2 * (value / 255) - 1}; owned by the innermost scope */
    public static Tensor toTensor(Picture picture) {
        return Scopes.scoped(() -> {
            Tensor bytes = Tensors.of(picture.bytes(), 1, picture.height(), picture.width(), 3);
            Tensor planes = Tensors.to(bytes.permute(0, 3, 1, 2).contiguous(), DType.F32);
            return planes.div_(new Scalar(255.0)).mul_(new Scalar(2.0)).sub_(new Scalar(1.0));
        });
    }

    /**
     * The picture in {@code image}: {@code x * 0.5 + 0.5} in the tensor's own type, clamped to 0 to 1, times 255 in float32, halves
     * rounded to even.
     *
     * @param image (1, 3, H, W) or (3, H, W), any floating type and device
     * @throws EngineException when the shape is another, or an element is not a number
     */
    public static Picture fromTensor(Tensor image) {
        long[] shape = image.shape();
        int channels = shape.length - 3;
        boolean batchOfOne = shape.length == 4 && shape[0] == 1;
        if (!(shape.length == 3 || batchOfOne)
                || shape[channels] != 3
                || shape[channels + 1] < 1
                || shape[channels + 2] < 1) {
            throw new EngineException("picture: expected shape [1, 3, H, W], found " + Arrays.toString(shape));
        }
        int height = Math.toIntExact(shape[channels + 1]);
        int width = Math.toIntExact(shape[channels + 2]);
        Tensor planes = image.reshape(3, height, width);
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
        int strip = Math.max(1, STRIP_PIXELS / width);
        for (int top = 0; top < height; top += strip) {
            int first = top;
            byte[] rows = Scopes.plain(() -> bytes(planes.narrow(1, first, Math.min(strip, height - first)), image));
            System.arraycopy(rows, 0, rgb, first * width * 3, rows.length);
        }
        return new Picture(width, height, rgb);
    }

    private static byte[] bytes(Tensor rows, Tensor image) {
        if (rows.isnan().any().item_bool()) {
            throw new EngineException("picture: the " + image.size(-1) + "x" + image.size(-2)
                    + " tensor holds values that are not numbers");
        }
        Tensor unit = rows.detach()
                .mul(new Scalar(0.5))
                .add_(new Scalar(0.5))
                .clamp_(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
        Tensor rounded = Tensors.to(unit, DType.F32).mul(new Scalar(255.0)).round_();
        return Tensors.toBytes(Tensors.to(rounded, DType.U8).permute(1, 2, 0));
    }
}
