#pragma once

namespace maha::cli {

/// The main of maha-NAME: reads rows and their companions, learns, writes the model. Its options are those that the
/// learner declares and those that all learners have. Returns the exit status.
int learner_main(const char* name, int argc, char** argv);

}  // namespace maha::cli
