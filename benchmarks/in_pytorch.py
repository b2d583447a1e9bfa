"""The network of wav2lip-sized.sh in PyTorch, timed on the best device here."""
import time

import torch
from torch import nn

LONG_ENOUGH = 3


class Conv(nn.Sequential):
    def __init__(self, cin, cout, kernel, stride=1, pad=0, relu=True):
        super().__init__(nn.Conv2d(cin, cout, kernel, stride, pad), *[nn.ReLU()] * relu)


class Residual(Conv):
    def __init__(self, channels):
        super().__init__(channels, channels, 3, 1, 1, relu=False)

    def forward(self, x):
        return torch.relu(super().forward(x) + x)


def block(first, channels, residuals):
    return nn.Sequential(first, *[Residual(channels) for _ in range(residuals)])


def up(cin, cout, stride, pad, residuals):
    return block(nn.Sequential(nn.ConvTranspose2d(cin, cout, 3, stride, pad, pad), nn.ReLU()), cout, residuals)


class Sized(nn.Module):
    """[N,1,80,16] sound and [N,6,96,96] faces to [N,3,96,96]: the layers of Prajwal et al. (2020), normalisation folded in."""

    def __init__(self):
        super().__init__()
        self.sound = nn.Sequential(
            block(Conv(1, 32, 3, 1, 1), 32, 2), block(Conv(32, 64, 3, (3, 1), 1), 64, 2), block(Conv(64, 128, 3, 3, 1), 128, 2),
            block(Conv(128, 256, 3, (3, 2), 1), 256, 1), Conv(256, 512, 3), Conv(512, 512, 1))
        self.down = nn.ModuleList([
            Conv(6, 16, 7, 1, 3), block(Conv(16, 32, 3, 2, 1), 32, 2), block(Conv(32, 64, 3, 2, 1), 64, 3), block(Conv(64, 128, 3, 2, 1), 128, 2),
            block(Conv(128, 256, 3, 2, 1), 256, 2), block(Conv(256, 512, 3, 2, 1), 512, 1)])
        self.bottom = nn.Sequential(Conv(512, 512, 3), Conv(512, 512, 1))
        self.between = Conv(512, 512, 1)
        self.up = nn.ModuleList([
            up(1024, 512, 1, 0, 1), up(1024, 512, 2, 1, 2), up(768, 384, 2, 1, 2), up(512, 256, 2, 1, 2), up(320, 128, 2, 1, 2), up(160, 64, 2, 1, 2)])
        self.out = nn.Sequential(Conv(80, 32, 3, 1, 1), nn.Conv2d(32, 3, 1), nn.Sigmoid())

    def forward(self, sound, faces):
        skips = []
        for stage in self.down:
            faces = stage(faces)
            skips.append(faces)
        picture = torch.cat([self.between(self.sound(sound)), self.bottom(faces)], 1)
        for stage in self.up:
            picture = torch.cat([stage(picture), skips.pop()], 1)
        return self.out(picture)


def main():
    card = torch.cuda.is_available()
    device = torch.device('cuda:0' if card else 'cpu')
    for bits, kind in ((32, torch.float32), (16, torch.float16))[:2 if card else 1]:
        network = Sized().to(device, kind).eval()
        for items in (1, 4, 16, 32, 64) if card else (1, 4, 8):
            sound, faces = (torch.zeros(items, *shape, dtype=kind, device=device) for shape in ((1, 80, 16), (6, 96, 96)))

            def run(times):
                began = time.perf_counter()
                with torch.inference_mode():
                    for _ in range(times):
                        network(sound, faces)
                if card:
                    torch.cuda.synchronize()
                return time.perf_counter() - began

            run(3)
            times = 1 + int(LONG_ENOUGH / (run(3) / 3))
            print(f'| PyTorch {torch.__version__}, {bits} bits, on {device}, {items} faces at a time | {items * times / run(times):.1f} faces/s | | |', flush=True)


main()
