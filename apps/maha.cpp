#include "cli/door/door.hpp"

int main(int argc, char** argv) { return maha::cli::door_main(argc, argv); }
