#pragma once

namespace maha::cli {

/// `maha`: lists the tools, and runs them. `maha knn ...` becomes `maha-knn ...`.
int door_main(int argc, char** argv);

}  // namespace maha::cli
