#include "cli/learner/learner_main.hpp"

int main(int argc, char** argv) { return maha::cli::learner_main(MAHA_LEARNER, argc, argv); }
