#!/usr/bin/env python3
"""Times the public reference (diffusers, transformers) on the FLUX.2-klein-4B shape in float32 with random weights.

    python bench/klein_reference.py text|step|decode [THREADS]

One part a process: all of them together need 24 GB. Needs torch, transformers with Qwen3 and diffusers with Flux2.
"""

import sys
import time

import torch

PART = sys.argv[1]
torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
torch.set_grad_enabled(False)


def filled(model):
    """Memory of its own for every weight: untouched pages would all be one page of zeros and read too fast."""
    model = model.to_empty(device="cpu")
    block = torch.randn(4_194_301)
    for name, p in list(model.named_parameters()) + list(model.named_buffers()):
        if not p.is_floating_point():
            p.zero_()
        elif p.ndim < 2:
            p.fill_(1.0 if name.endswith("weight") or name.endswith("running_var") else 0.0)
        else:
            flat, deviation = p.view(-1), (p.shape[0] / p.numel()) ** 0.5
            for at in range(0, flat.numel(), block.numel()):
                n = min(block.numel(), flat.numel() - at)
                flat[at : at + n].copy_(block[:n]).mul_(deviation)
    return model.eval()


def timed(name, run):
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    print(f"reference {name}: {min(seconds):.2f} s (runs: {', '.join(f'{s:.2f}' for s in seconds)})", flush=True)


print(f"torch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}, {torch.get_num_threads()} threads")
if PART == "text":
    from transformers import Qwen3Config, Qwen3ForCausalLM
    from transformers.models.qwen3.modeling_qwen3 import Qwen3RotaryEmbedding

    config = Qwen3Config(
        vocab_size=151936,
        hidden_size=2560,
        intermediate_size=9728,
        num_hidden_layers=36,
        num_attention_heads=32,
        num_key_value_heads=8,
        head_dim=128,
        rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6},
        tie_word_embeddings=True,
    )
    with torch.device("meta"):
        model = Qwen3ForCausalLM(config)
    model = filled(model)
    model.tie_weights()
    model.model.rotary_emb = Qwen3RotaryEmbedding(config)
    ids = torch.randint(0, 259, (1, 512))
    mask = torch.zeros(1, 512, dtype=torch.long)
    mask[:, :58] = 1
    # The call of pipeline_flux2_klein.py.
    timed(
        "text encoding",
        lambda: model(input_ids=ids, attention_mask=mask, output_hidden_states=True, use_cache=False),
    )
elif PART == "step":
    from diffusers import Flux2Transformer2DModel

    with torch.device("meta"):
        model = Flux2Transformer2DModel(
            in_channels=128,
            num_layers=5,
            num_single_layers=20,
            attention_head_dim=128,
            num_attention_heads=24,
            joint_attention_dim=7680,
            guidance_embeds=False,
        )
    model = filled(model)
    side = torch.arange(16)
    image_ids = torch.cartesian_prod(torch.zeros(1, dtype=torch.long), side, side, torch.zeros(1, dtype=torch.long))
    text_ids = torch.zeros(512, 4, dtype=torch.long)
    text_ids[:, 3] = torch.arange(512)
    latents, embeds = torch.randn(1, 256, 128), torch.randn(1, 512, 7680)
    timed(
        "step",
        lambda: model(
            hidden_states=latents,
            encoder_hidden_states=embeds,
            timestep=torch.tensor([0.5]),
            img_ids=image_ids[None],
            txt_ids=text_ids[None],
            guidance=None,
            return_dict=False,
        ),
    )
elif PART == "decode":
    from diffusers import AutoencoderKLFlux2

    with torch.device("meta"):
        model = AutoencoderKLFlux2(
            block_out_channels=(128, 256, 512, 512),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
        )
    model = filled(model)
    timed("decode", lambda: model.decode(torch.randn(1, 32, 32, 32), return_dict=False))
else:
    sys.exit(__doc__)
