package io.lipdrop.sync.neural;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Chroma;

/** Draws changes that are known at a network's size into the part of a frame that they concern. */
final class FramePart {
    private FramePart() {}

    /**
     * What to draw; everything at the network's size.
     *
     * @param mask how much of it is drawn
     * @param changes luma and chroma to be added
     * @param wanted luma and chroma as they come to be where the frame's finer detail goes
     * @param redrawn where it goes: 1 there, 0 where it stays
     * @param strength of it all
     */
    @SuppressWarnings("ArrayRecordComponent") // Three planes that go round.
    record Change(PixelGrid mask, PixelGrid[] changes, PixelGrid[] wanted, PixelGrid redrawn, float strength) {}

    static void draw(Frame frame, Window window, Change change) {
        draw(frame, window, change, 0, frame.lumaOffset(), 1, 0);
        draw(frame, window, change, 1, frame.cbOffset(), Chroma.STEP, Chroma.DOWN);
        draw(frame, window, change, 2, frame.crOffset(), Chroma.STEP, Chroma.DOWN);
    }

    /** One plane of the frame, whose samples are {@code step} pixels apart and offset. */
    private static void draw(Frame frame, Window window, Change change, int plane, int offset, int apart, float lower) {
        int width = frame.width() / apart;
        int height = frame.height() / apart;
        int side = change.mask.side;
        PixelGrid.Extent extent = change.mask.extent();
        float fromU = extent.left() / (float) side;
        float fromV = extent.top() / (float) side;
        float acrossX = window.acrossX() * (extent.right() + 1 - extent.left()) / side;
        float acrossY = window.acrossY() * (extent.right() + 1 - extent.left()) / side;
        float downX = window.downX() * (extent.bottom() + 1 - extent.top()) / side;
        float downY = window.downY() * (extent.bottom() + 1 - extent.top()) / side;
        float left = least(window.frameX(fromU, fromV), acrossX, downX) / apart;
        float right = most(window.frameX(fromU, fromV), acrossX, downX) / apart;
        float top = least(window.frameY(fromU, fromV), acrossY, downY) / apart;
        float bottom = most(window.frameY(fromU, fromV), acrossY, downY) / apart;
        int first = Math.max(0, (int) left);
        int last = Math.min(width - 1, (int) right + 1);
        float stepU = (window.u(apart, 0) - window.u(0, 0)) * side;
        float stepV = (window.v(apart, 0) - window.v(0, 0)) * side;
        byte[] data = frame.data();
        for (int row = Math.max(0, (int) top); row <= Math.min(height - 1, (int) bottom + 1); row++) {
            float x = window.u(first * apart, row * apart + lower) * side - 0.5f;
            float y = window.v(first * apart, row * apart + lower) * side - 0.5f;
            for (int column = first; column <= last; column++, x += stepU, y += stepV) {
                if (!(x >= 0 && y >= 0 && x <= side - 1 && y <= side - 1)) {
                    continue;
                }
                float cover = change.mask.bilinear(x, y) * change.strength;
                if (cover > 0) {
                    int at = offset + row * width + column;
                    data[at] = changed(data[at] & 255, change, plane, x, y, cover);
                }
            }
        }
    }

    private static byte changed(float old, Change change, int plane, float x, float y, float cover) {
        float redrawn = change.redrawn.bilinear(x, y);
        float more = 0;
        if (redrawn < 1) {
            more += (1 - redrawn) * change.changes[plane].cubic(x, y);
        }
        if (redrawn > 0) {
            more += redrawn * (change.wanted[plane].cubic(x, y) - old);
        }
        return (byte) clamp((int) (old + cover * more + 0.5f), 0, 255);
    }

    private static float least(float from, float across, float down) {
        return from + Math.min(0, across) + Math.min(0, down);
    }

    private static float most(float from, float across, float down) {
        return from + Math.max(0, across) + Math.max(0, down);
    }
}
