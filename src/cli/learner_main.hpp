#pragma once

namespace maha::cli {

/// What maha-NAME does: reads rows and what goes with them, learns, writes the model. All that it takes is what the
/// learner of that name declares and what every learner has. Returns the exit status.
int learner_main(const char* name, int argc, char** argv);

}  // namespace maha::cli
