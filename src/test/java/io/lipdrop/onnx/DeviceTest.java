package io.lipdrop.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void takesTheProcessorByItselfAndSaysWhy() {
        Device device = Device.choose("auto");

        assertThat(device.name()).isEqualTo("cpu");
        assertThat(device.reason()).isNotBlank();
    }

    @Test
    void doesNotQuietlyReplaceAGraphicsCardThatWasAskedFor() {
        OnnxException e = catchThrowableOfType(OnnxException.class, () -> Device.choose("cuda:0"));

        assertThat(e.kind()).isEqualTo(OnnxException.Kind.UNAVAILABLE);
    }

    @Test
    void refusesADeviceThatDoesNotExist() {
        assertThatThrownBy(() -> Device.choose("abacus")).isInstanceOf(IllegalArgumentException.class);
    }
}
