package io.lipdrop.sync.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoiceSamplesTest {
    @TempDir
    Path folder;

    @Test
    void isSilentBeforeAndAfterTheVoiceWhateverWasReadBefore() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i <= 4; i++) {
            bytes.putShort((short) (i * 8192));
        }
        Path voice = Files.write(folder.resolve("voice.s16"), bytes.array());

        try (VoiceSamples samples = new VoiceSamples(voice)) {
            assertThat(read(samples, 0)).containsExactly(0.25f, 0.5f, 0.75f, -1);
            assertThat(read(samples, -2)).containsExactly(0, 0, 0.25f, 0.5f);
            assertThat(read(samples, 2)).containsExactly(0.75f, -1, 0, 0);
            assertThat(read(samples, 9)).containsExactly(0, 0, 0, 0);
        }
    }

    private static float[] read(VoiceSamples samples, long first) throws IOException {
        float[] into = new float[4];
        samples.read(first, into);
        return into;
    }
}
