package io.lipdrop.web.api;

import io.lipdrop.operations.MachineStatus;
import io.lipdrop.operations.ModelStatus;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The machine and what draws on it. */
@RestController
@ConditionalOnWebApplication
class MachineController {
    private final MachineStatus machine;
    private final ModelStatus models;

    MachineController(MachineStatus machine, ModelStatus models) {
        this.machine = machine;
        this.models = models;
    }

    @GetMapping(path = "/api/health", produces = MediaType.APPLICATION_JSON_VALUE)
    MachineStatus.Machine health() throws IOException {
        return machine.machine();
    }

    @GetMapping(path = "/api/models", produces = MediaType.APPLICATION_JSON_VALUE)
    ModelStatus.Models models() throws IOException {
        return models.models();
    }
}
