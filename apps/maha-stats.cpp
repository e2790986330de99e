#include "cli/app.hpp"
#include "cli/scatters/scatter_tool.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-stats");
  cli::ScatterTool tool(app);
  return app.run(argc, argv);
}
