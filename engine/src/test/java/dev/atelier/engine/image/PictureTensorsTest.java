package dev.atelier.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PictureTensorsTest {
    /** 16 x 16 pixels: red counts 0 to 255, green counts down, blue is constant. */
    private static Picture ramp() {
        byte[] rgb = new byte[256 * 3];
        for (int i = 0; i < 256; i++) {
            rgb[3 * i] = (byte) i;
            rgb[3 * i + 1] = (byte) (255 - i);
            rgb[3 * i + 2] = 100;
        }
        return new Picture(16, 16, rgb);
    }

    @Test
    void everyByteBecomesTheFloatThatDiffusersComputes() {
        float[] values = Scopes.plain(() -> {
            Tensor tensor = PictureTensors.toTensor(ramp());
            assertThat(tensor.shape()).containsExactly(1, 3, 16, 16);
            assertThat(DType.of(tensor)).isEqualTo(DType.F32);
            return Tensors.toFloats(tensor);
        });
        for (int i = 0; i < 256; i++) {
            assertThat(values[i]).as("red %d", i).isEqualTo(2f * (i / 255f) - 1f);
            assertThat(values[256 + i]).as("green %d", i).isEqualTo(2f * ((255 - i) / 255f) - 1f);
            assertThat(values[512 + i]).as("blue %d", i).isEqualTo(2f * (100 / 255f) - 1f);
        }
    }

    @Test
    void everyByteSurvivesTheWayToATensorAndBack() {
        Picture back = Scopes.plain(() -> PictureTensors.fromTensor(PictureTensors.toTensor(ramp())));
        assertThat(back.toBytes()).isEqualTo(ramp().toBytes());
    }

    @Test
    void valuesBeyondTheRangeAreClamped() {
        // decide.
        float[] values = {-7f, 7f, 0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1f / 255f};
        Picture picture = Scopes.plain(() -> PictureTensors.fromTensor(Tensors.of(values, 1, 3, 1, 2)));
        assertThat(picture.width()).isEqualTo(2);
        assertThat(picture.height()).isEqualTo(1);
        assertThat(picture.toBytes()).containsExactly(0, 128, 0, 255, 255, 127);
    }

    @Test
    void halfPrecisionIsDenormalisedInItsOwnType() {
        // 0.7 as bfloat16 is 0.69921875; times 0.5 plus 0.5 rounds to 0.8515625 there, hence 217 and not 216.66.
        Picture picture = Scopes.plain(
                () -> PictureTensors.fromTensor(Tensors.to(Tensors.full(0.7, DType.F32, 3, 1, 1), DType.BF16)));
        assertThat(picture.toBytes()).containsExactly(217, 217, 217);
    }

    @Test
    void otherShapesAndValuesThatAreNoNumbersAreNamed() {
        Scopes.run(() -> {
            assertThatThrownBy(() -> PictureTensors.fromTensor(Tensors.zeros(DType.F32, 2, 3, 4, 4)))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("picture: expected shape [1, 3, H, W], found [2, 3, 4, 4]");
            assertThatThrownBy(() -> PictureTensors.fromTensor(Tensors.zeros(DType.F32, 1, 4, 4, 4)))
                    .hasMessageContaining("[1, 4, 4, 4]");
            assertThatThrownBy(() -> PictureTensors.fromTensor(Tensors.zeros(DType.F32, 3)))
                    .hasMessageContaining("found [3]");
            assertThatThrownBy(() -> PictureTensors.fromTensor(Tensors.full(Double.NaN, DType.F32, 3, 4, 2)))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("picture: the 2x4 tensor holds values that are not numbers");
        });
    }

    @Test
    void nothingStaysInNativeMemory() {
        Scopes.run(() -> PictureTensors.fromTensor(PictureTensors.toTensor(ramp())));
        long before = Pointer.totalCount();
        for (int i = 0; i < 20; i++) {
            Scopes.run(() -> PictureTensors.fromTensor(PictureTensors.toTensor(ramp())));
        }
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }
}
