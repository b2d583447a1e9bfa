package io.lipdrop.benchmark;

import java.io.IOException;

/** One group of figures. */
interface Section {
    void measure(Workshop workshop, Table table) throws IOException;
}
