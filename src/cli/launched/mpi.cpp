/// Ranks by MPI. This is the only source that knows it; without it alone.cpp is compiled in its place.

#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include <mpi.h>

#include <algorithm>
#include <cstdlib>

#include "cli/launched/launcher.hpp"
#include "cli/launched/ranks.hpp"

namespace maha::cli {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // bytes, since MPI counts by int
constexpr int kTag = 0;

/// pass(bytes, size) for one piece after the other.
template <class Byte, class Pass>
void in_pieces(Byte* bytes, std::size_t size, Pass&& pass) {
  for (std::size_t done = 0; done < size; done += kMostAtOnce) {
    pass(bytes + done, static_cast<int>(std::min(kMostAtOnce, size - done)));
  }
}

class MpiRanks final : public LaunchedRanks {
 public:
  MpiRanks(int rank, int count) : LaunchedRanks(rank, count) {}

  int on_this_machine() const override {
    MPI_Comm here = MPI_COMM_NULL;
    int count = 1;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank(), MPI_INFO_NULL, &here);
    MPI_Comm_size(here, &count);
    MPI_Comm_free(&here);
    return count;
  }

  // Who ends without MPI_Finalize ends all: launchers see to that. MPI_Abort has the same end, but in Open MPI 4 it has
  // been seen to leave mpirun waiting for ever.
  [[noreturn]] void end_all(int status) const override { std::_Exit(status); }

  void finish() override { MPI_Finalize(); }

 private:
  // Errors of MPI end all processes: that is its default handler.
  void pass_to_all(void* bytes, std::size_t size, int from) const override {
    in_pieces(static_cast<char*>(bytes), size,
              [&](char* piece, int length) { MPI_Bcast(piece, length, MPI_BYTE, from, MPI_COMM_WORLD); });
  }
  void pass_to(const void* bytes, std::size_t size, int to) const override {
    in_pieces(static_cast<const char*>(bytes), size,
              [&](const char* piece, int length) { MPI_Send(piece, length, MPI_BYTE, to, kTag, MPI_COMM_WORLD); });
  }
  void take_from(void* bytes, std::size_t size, int from) const override {
    in_pieces(static_cast<char*>(bytes), size, [&](char* piece, int length) {
      MPI_Recv(piece, length, MPI_BYTE, from, kTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    });
  }
};

}  // namespace

std::unique_ptr<LaunchedRanks> launched_ranks() {
  if (!is_launched()) return nullptr;
  int level = 0, rank = 0, count = 1;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &count);
  return std::make_unique<MpiRanks>(rank, count);
}

}  // namespace maha::cli
