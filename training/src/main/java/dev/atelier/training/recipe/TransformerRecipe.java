package dev.atelier.training.recipe;

import java.util.List;

/** The FLUX.2 transformer. @param axes numbers of each head turned by each position axis; their sum is the head's width */
public record TransformerRecipe(int doubleBlocks, int singleBlocks, int heads, List<Integer> axes, double mlpRatio) {
    public TransformerRecipe {
        Bounds.atLeast("transformer.double_blocks", doubleBlocks, 1);
        Bounds.atLeast("transformer.single_blocks", singleBlocks, 1);
        Bounds.atLeast("transformer.heads", heads, 1);
        Bounds.above("transformer.mlp_ratio", mlpRatio, 0);
        Bounds.present("transformer.axes", axes);
        axes = List.copyOf(axes);
        Bounds.between("transformer.axes: how many", axes.size(), 4, 4);
        for (int axis : axes) {
            Bounds.atLeast("transformer.axes", axis, 2);
            if (axis % 2 != 0) {
                throw new IllegalArgumentException("transformer.axes: " + axis + "; an even number expected");
            }
        }
    }

    public int headDim() {
        return axes.stream().mapToInt(Integer::intValue).sum();
    }
}
