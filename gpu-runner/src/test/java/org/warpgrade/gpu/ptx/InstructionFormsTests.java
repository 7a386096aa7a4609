package org.warpgrade.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every form of {@code ptx-forms.txt} has a sample, and {@code SAMPLES.md} says which. */
class InstructionFormsTests {

    private static final Path TABLE = Path.of("SAMPLES.md");

    @Test
    void every_form_is_executed_by_a_sample() throws URISyntaxException {
        InstructionForms forms = new InstructionForms(PtxSamplesTests.samples());
        assertThat(forms.uncovered()).isEmpty();
        assertThat(forms.count()).isGreaterThan(1000);
    }

    @Test
    void the_table_of_samples_is_up_to_date() throws IOException, URISyntaxException {
        List<PtxSample> samples = PtxSamplesTests.samples();
        String now = new InstructionForms(samples).markdown(samples.size());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(TABLE, now);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(now);
    }

    @Test
    void patterns_spell_out_their_choices() {
        assertThat(InstructionForms.expand("addc[.cc].{u32,s64}"))
                .containsExactly("addc.u32", "addc.s64", "addc.cc.u32", "addc.cc.s64");
    }
}
