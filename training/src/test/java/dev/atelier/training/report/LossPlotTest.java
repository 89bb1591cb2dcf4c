package dev.atelier.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossPlotTest {
    private static final int PRETRAIN = 0x1f6fb5;
    private static final int CONTINUE = 0xd96b12;

    @TempDir
    private Path folder;

    @Test
    void eachStageIsACurveThatFallsWithItsLosses() throws IOException {
        BufferedImage plot = plot(lines(400, false));

        int[] first = ys(plot, PRETRAIN);
        int[] second = ys(plot, CONTINUE);
        assertThat(first).hasSizeGreaterThan(300);
        assertThat(second).hasSizeGreaterThan(300);
        assertThat(first[0]).as("losses fall, so y grows").isLessThan(first[first.length - 1] - 100);
        assertThat(second[0]).isLessThan(second[second.length - 1]);
    }

    @Test
    void lossesByNoiseLevelAreASecondPanel() throws IOException {
        BufferedImage with = plot(lines(50, true));
        BufferedImage without = plot(lines(50, false));

        assertThat(with.getHeight()).isEqualTo(2 * without.getHeight());
    }

    @Test
    void stepsMadeAgainAfterAKillCountAndBrokenLinesDoNot() throws IOException {
        Path log = folder.resolve("log.jsonl");
        Files.writeString(log, """
                {"step":1,"stage":"pretrain","loss":3.0}
                {"step":2,"stage":"pretrain","loss":2.0}
                {"step":3,"stage":"pretrain","loss":9.0}
                {"step":4,"stage":"pre
                {"step":3,"stage":"pretrain","loss":1.5}
                {"step":4,"stage":"pretrain","loss":"NaN"}
                """);

        assertThat(LossLog.read(log)).extracting(LossLog.Entry::loss).containsExactly(3.0, 2.0, 1.5);
    }

    @Test
    void aLogOfOneStepDrawsNothing() throws IOException {
        Path log = Files.writeString(folder.resolve("log.jsonl"), "{\"step\":1,\"stage\":\"a\",\"loss\":3.0}\n");

        assertThat(LossPlot.draw(log, folder.resolve("loss.png"))).isFalse();
        assertThat(folder.resolve("loss.png")).doesNotExist();
    }

    private BufferedImage plot(List<String> lines) throws IOException {
        Path log = Files.write(folder.resolve("log.jsonl"), lines);
        Path png = folder.resolve("loss.png");
        assertThat(LossPlot.draw(log, png)).isTrue();
        return ImageIO.read(png.toFile());
    }

    private static List<String> lines(int steps, boolean byNoise) {
        List<String> out = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            double loss = 0.2 + 2 * Math.exp(-step / (0.15 * steps)) + 0.02 * Math.sin(step * 12.9898);
            String bins = byNoise
                    ? String.format(Locale.ROOT, ",\"loss_by_noise\":[%.4f,null,%.4f,%.4f]", 2 * loss, loss, loss / 2)
                    : "";
            out.add(String.format(
                    Locale.ROOT,
                    "{\"step\":%d,\"stage\":\"%s\",\"loss\":%.4f%s}",
                    step,
                    step <= steps / 2 ? "pretrain" : "continue",
                    loss,
                    bins));
        }
        return out;
    }

    /** The topmost y of a colour in each column of the frame that has it, left to right. */
    private static int[] ys(BufferedImage plot, int rgb) {
        List<Integer> out = new ArrayList<>();
        for (int x = 90; x < 1010; x++) {
            for (int y = 0; y < plot.getHeight(); y++) {
                if ((plot.getRGB(x, y) & 0xffffff) == rgb) {
                    out.add(y);
                    break;
                }
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }
}
