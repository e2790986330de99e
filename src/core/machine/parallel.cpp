#include "core/machine/parallel.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

#ifdef __linux__
#include <sched.h>
#endif

#include "core/error.hpp"

namespace maha {
namespace {

constexpr int kMostThreads = 1024;  // more than processors have, yet few enough to leave the machine usable

thread_local bool inside_tile = false;  // loops within a tile run in its thread, so that no pool waits for itself

void run_serially(Index tiles, const std::function<void(Index)>& body) {
  for (Index t = 0; t < tiles; ++t) body(t);
}

}  // namespace

class Threads::Pool {
 public:
  /// Starts so many threads, or as many as the system allows.
  explicit Pool(int helpers) {
    try {
      while (std::ssize(workers_) < helpers) workers_.emplace_back([this] { serve(); });
    } catch (const std::system_error&) {  // a limit on threads or on memory for their stacks
    } catch (const std::bad_alloc&) {
    }
  }

  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  int helpers() const { return static_cast<int>(workers_.size()); }

  void run(Index tiles, const std::function<void(Index)>& body) {
    const std::lock_guard one_job_at_a_time(job_mutex_);
    {
      const std::lock_guard lock(mutex_);
      body_ = &body;
      tiles_ = tiles;
      next_ = 0;
      failed_tile_ = std::numeric_limits<Index>::max();
      failure_ = nullptr;
      busy_ = workers_.size();
      ++job_;
    }
    wake_.notify_all();
    take_tiles();
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void serve() {
    std::size_t seen = 0;
    for (;;) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return closing_ || job_ != seen; });
        if (closing_) return;
        seen = job_;
      }
      take_tiles();
      const std::lock_guard lock(mutex_);
      if (--busy_ == 0) done_.notify_one();
    }
  }

  void take_tiles() {
    inside_tile = true;
    for (Index t = next_++; t < tiles_; t = next_++) {
      try {
        (*body_)(t);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (t < failed_tile_) {
          failed_tile_ = t;
          failure_ = std::current_exception();
        }
      }
    }
    inside_tile = false;
  }

  std::mutex job_mutex_;  // held by the caller for a whole job
  std::mutex mutex_;      // guards everything below except next_
  std::condition_variable wake_, done_;
  const std::function<void(Index)>* body_ = nullptr;
  Index tiles_ = 0;
  std::atomic<Index> next_{0};
  Index failed_tile_ = 0;
  std::exception_ptr failure_;
  std::size_t busy_ = 0, job_ = 0;
  bool closing_ = false;
  std::vector<std::thread> workers_;
};

/// At most kMostThreads; if the system allows fewer than asked for, half of those it allows.
Threads::Threads(int count) : count_(count) {
  if (count < 1) throw InputError("the number of threads must be at least 1, not " + std::to_string(count));
  count_ = std::min(count_, kMostThreads);
  while (count_ > 1) {
    pool_ = std::make_shared<Pool>(count_ - 1);
    if (pool_->helpers() == count_ - 1) break;
    count_ = std::max(1, (pool_->helpers() + 1) / 2);  // taking all of them would leave other code none
    pool_.reset();
  }
}

void Threads::for_tiles(Index tiles, const std::function<void(Index)>& body) const {
  if (!pool_ || tiles <= 1 || inside_tile) {
    run_serially(tiles, body);
  } else {
    pool_->run(tiles, body);
  }
}

int available_processors() {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace maha
