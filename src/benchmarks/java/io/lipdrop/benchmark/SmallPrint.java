package io.lipdrop.benchmark;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Letters of 3 × 5 dots: a machine without a desktop has no fonts. */
final class SmallPrint {
    private static final int COLUMNS = 3;
    private static final int ROWS = 5;
    private static final String KNOWN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-";

    /** Each glyph's rows from the top, an octal digit a row: 4 is the left dot, 1 the right one. */
    private static final String[] ROWS_OF = {
        "25755", "65656", "34443", "65556", "74647", "74644", "34553", "55755", "72227", "11152", "55655", "44447",
        "57755", "65555", "25552", "65644", "25563", "65655", "34216", "72222", "55557", "55552", "55775", "55255",
        "55222", "71247", "75557", "26227", "61247", "61216", "55711", "74616", "34757", "71222", "75757", "75716",
        "00002", "02020", "00700"
    };

    private SmallPrint() {}

    /** Writes a line in white on black, {@code scale} pixels a dot, with its upper left corner at (x, y). */
    static void write(BufferedImage onto, String text, int x, int y, int scale) {
        String upper = text.toUpperCase(Locale.ROOT);
        var g = onto.createGraphics();
        g.setColor(Color.BLACK);
        g.fillRect(x, y, ((COLUMNS + 1) * upper.length() + 1) * scale, (ROWS + 2) * scale);
        g.setColor(Color.WHITE);
        for (int i = 0; i < upper.length(); i++) {
            int glyph = KNOWN.indexOf(upper.charAt(i));
            for (int dot = 0; glyph >= 0 && dot < COLUMNS * ROWS; dot++) {
                int row = dot / COLUMNS;
                int column = dot % COLUMNS;
                int dots = ROWS_OF[glyph].charAt(row) - '0';
                if (((dots >> (COLUMNS - 1 - column)) & 1) == 1) {
                    int left = x + ((COLUMNS + 1) * i + column + 1) * scale;
                    g.fillRect(left, y + (row + 1) * scale, scale, scale);
                }
            }
        }
        g.dispose();
    }
}
