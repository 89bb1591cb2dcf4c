package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.world.render.WordStencil;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.Slogan;
import dev.atelier.world.scene.Typeface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads the one word of a picture by template matching: every word that may be there, in several sizes, is laid over every place of the
 * picture, and the word with the highest normalised cross-correlation, dark on light or light on dark, is what is read. It knows the
 * words and the typeface that it may find, so it is no reader of free text; it does tell whether the letters asked for are there
 * rather than any other word's. Safe to call from any thread.
 */
final class WordReader implements AutoCloseable {
    /** Pixels a side at which words are looked for. */
    private static final int SIDE = 96;

    /** Sizes of letters, pixels to the em. */
    private static final double LEAST_EM = 8;

    private static final double MOST_EM = 50;
    private static final double STEP = 1.06;
    /** Empty space about a word, in its heights: without it a short word is found inside a long one. */
    private static final double MARGIN = 0.25;
    /** Variance of a pixel below which an area is plain: its noise must not count as letters. */
    private static final double PLAIN = 0.002;

    private final DeviceThread thread;
    private final Map<Print, Bank> banks = new ConcurrentHashMap<>();

    /** How words are printed. */
    private record Print(List<String> words, Typeface typeface) {}

    /** A word at some size, with its margin. */
    private record Template(String word, int width, int height) {}

    /** @param spectra (n, SIDE, SIDE/2+1), the conjugate transforms of kernels of mean 0 and norm 1 */
    private record Bank(List<Template> templates, Tensor spectra) {}

    /** @param correlation 0 to 1 */
    record Word(Slogan slogan, double correlation) {}

    /** @param correlation 0 to 1 */
    record Match(String word, double correlation) {}

    WordReader(DeviceThread thread) {
        this.thread = thread;
    }

    Word read(Picture picture, Script script, Typeface typeface) {
        List<String> words = Stream.of(Slogan.values())
                .map(slogan -> letters(slogan, script))
                .toList();
        Match match = read(picture, words, typeface);
        return new Word(Slogan.values()[words.indexOf(match.word())], match.correlation());
    }

    /** Which of {@code words} is in the picture. @param words at least one, which the typeface can print */
    Match read(Picture picture, List<String> words, Typeface typeface) {
        Picture small = PictureResizer.resize(picture, SIDE, SIDE);
        return thread.call(() -> {
            Bank bank = banks.computeIfAbsent(new Print(List.copyOf(words), typeface), WordReader::bank);
            return Scopes.plain(() -> best(bank, small));
        });
    }

    private static String letters(Slogan word, Script script) {
        return switch (script) {
            case LATIN -> word.words().english().getFirst();
            case CHINESE -> word.words().chinese().getFirst();
        };
    }

    private static Bank bank(Print print) {
        List<Template> templates = new ArrayList<>();
        List<WordStencil> stencils = new ArrayList<>();
        for (String word : print.words()) {
            for (double em = LEAST_EM; em <= MOST_EM; em *= STEP) {
                WordStencil stencil = WordStencil.of(word, print.typeface(), em);
                int width = stencil.width() + 2 * margin(stencil);
                if (width <= SIDE) {
                    templates.add(new Template(word, width, stencil.height() + 2 * margin(stencil)));
                    stencils.add(stencil);
                }
            }
        }
        Tensor spectra = Scopes.owned(() -> torch.fft_rfft2(Tensors.stack(
                        0, stencils.stream().map(WordReader::kernel).toList()))
                .conj()
                .resolve_conj());
        return new Bank(templates, spectra);
    }

    private static int margin(WordStencil stencil) {
        return (int) Math.round(MARGIN * stencil.height());
    }

    /** (SIDE, SIDE): the framed word in the upper left corner, zeros elsewhere. */
    private static Tensor kernel(WordStencil stencil) {
        long margin = margin(stencil);
        Tensor coverage = Tensors.to(Tensors.of(stencil.coverage(), stencil.height(), stencil.width()), DType.F32);
        Tensor framed = torch.constant_pad_nd(coverage, new long[] {margin, margin, margin, margin}, new Scalar(0.0));
        Tensor centred = framed.sub(framed.mean());
        long[] rest = {0, SIDE - framed.size(1), 0, SIDE - framed.size(0)};
        return torch.constant_pad_nd(centred.div(centred.norm()), rest, new Scalar(0.0));
    }

    private static Match best(Bank bank, Picture picture) {
        // Colours that are equally light differ in a channel.
        Tensor channels = PictureTensors.toTensor(picture).squeeze(0).unsqueeze(1); // (3, 1, S, S)
        Tensor matches = torch.fft_irfft2(torch.fft_rfft2(channels).mul(bank.spectra())); // (3, n, S, S)
        Tensor sums = sums(channels);
        Tensor squares = sums(channels.mul(channels));
        Match best = new Match(bank.templates().getFirst().word(), 0);
        for (int i = 0; i < bank.templates().size(); i++) {
            Template template = bank.templates().get(i);
            Tensor match = matches.narrow(1, i, 1);
            double correlation = Scopes.plain(() -> correlation(template, match, sums, squares));
            best = correlation > best.correlation() ? new Match(template.word(), correlation) : best;
        }
        return best;
    }

    /** The summed-area table (3, 1, S+1, S+1), float64. */
    private static Tensor sums(Tensor channels) {
        Tensor wide = Tensors.to(channels, DType.F64);
        return torch.constant_pad_nd(wide.cumsum(2).cumsum(3), new long[] {1, 0, 1, 0}, new Scalar(0.0));
    }

    /** @param match (3, 1, S, S), products of the template and the picture at each place */
    private static double correlation(Template template, Tensor match, Tensor sums, Tensor squares) {
        long h = template.height();
        long w = template.width();
        double count = h * w;
        Tensor mean = window(sums, h, w).div(new Scalar(count));
        Tensor variance = window(squares, h, w).sub(mean.mul(mean).mul(new Scalar(count)));
        Tensor deviation = Tensors.to(variance, DType.F32)
                .clamp_min(new Scalar(PLAIN * count))
                .sqrt();
        return match.narrow(2, 0, SIDE - h + 1)
                .narrow(3, 0, SIDE - w + 1)
                .div(deviation)
                .abs()
                .max()
                .item_double();
    }

    /** Sums over all windows of h x w: (3, 1, S-h+1, S-w+1). */
    private static Tensor window(Tensor table, long h, long w) {
        long side = SIDE + 1;
        Tensor rows = table.narrow(2, h, side - h).sub(table.narrow(2, 0, side - h));
        return rows.narrow(3, w, side - w).sub(rows.narrow(3, 0, side - w));
    }

    @Override
    public void close() {
        thread.call(() -> {
            Scopes.close(banks.values().stream().map(Bank::spectra).toList());
            return null;
        });
    }
}
