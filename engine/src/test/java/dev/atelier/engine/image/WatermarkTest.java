package dev.atelier.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WatermarkTest {
    private static Picture filled(int width, int height, int value) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) value);
        return new Picture(width, height, rgb);
    }

    /** Rows in which a pixel reached by white letters, and not by the plate alone, is found. */
    private static int letterRows(Picture picture, int background) {
        int plate = background * (255 - 140) / 255;
        int rows = 0;
        for (int y = 0; y < picture.height(); y++) {
            boolean found = false;
            for (int x = 0; x < picture.width(); x++) {
                int value = picture.channel(x, y, 0);
                boolean corner = background - value < 4;
                found |= value > plate + 60 && !corner || background < 60 && value > 200;
            }
            rows += found ? 1 : 0;
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"ENGLISH,512,512", "CHINESE,512,512", "ENGLISH,1024,256", "CHINESE,300,900"})
    void capitalsAreAtLeastFivePercentOfTheShorterSide(Watermark mark, int width, int height) {
        Picture marked = mark.drawOn(filled(width, height, 0));
        int asked = (int) Math.floor(0.05 * Math.min(width, height));
        assertThat(letterRows(marked, 0)).isBetween(asked, asked * 2);
    }

    @ParameterizedTest
    @EnumSource
    void theMarkStandsOutOnBlackGreyAndWhite(Watermark mark) {
        for (int background : new int[] {0, 128, 255}) {
            Picture marked = mark.drawOn(filled(512, 512, background));
            int brightest = 0;
            int darkest = 255;
            for (int y = 480; y < 500; y++) {
                for (int x = 400; x < 500; x++) {
                    brightest = Math.max(brightest, marked.channel(x, y, 1));
                    darkest = Math.min(darkest, marked.channel(x, y, 1));
                }
            }
            assertThat(brightest).as("letters on %d", background).isEqualTo(255);
            assertThat(brightest - darkest).as("contrast on %d", background).isGreaterThan(130);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheLowerRightCornerIsTouched(Watermark mark) {
        Picture picture = filled(640, 480, 90);
        Picture marked = mark.drawOn(picture);
        for (int y = 0; y < 480; y++) {
            for (int x = 0; x < 640; x++) {
                if (y < 415 || x < 410) {
                    assertThat(marked.channel(x, y, 2)).isEqualTo(90);
                }
            }
        }
        assertThat(picture.channel(600, 460, 0))
                .as("the picture given is not changed")
                .isEqualTo(90);
        assertThat(marked.toBytes()).isNotEqualTo(picture.toBytes());
    }

    @Test
    void theLanguagesDiffer() {
        Picture picture = filled(512, 512, 40);
        assertThat(Watermark.ENGLISH.drawOn(picture).toBytes())
                .isNotEqualTo(Watermark.CHINESE.drawOn(picture).toBytes());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "16,16", "2000,8", "8,2000", "64,4096"})
    void anySizeCanBeMarked(int width, int height) {
        for (Watermark mark : Watermark.values()) {
            Picture marked = mark.drawOn(filled(width, height, 255));
            assertThat(PictureSize.of(marked)).isEqualTo(new PictureSize(width, height));
            assertThat(marked.toBytes()).isNotEqualTo(filled(width, height, 255).toBytes());
        }
    }
}
