#pragma once
/// Working memory, lent to one tile after another: as many as there are tiles in work at a time.

#include <memory>
#include <mutex>
#include <vector>

namespace maha::neighbors {

template <class T>
class MemoryPool {
 public:
  class Loan {
   public:
    explicit Loan(MemoryPool& pool) : pool_(pool), lent_(pool.take()) {}
    ~Loan() { pool_.give_back(std::move(lent_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    T& operator*() const { return *lent_; }

   private:
    MemoryPool& pool_;
    std::unique_ptr<T> lent_;
  };

  Loan lend() { return Loan(*this); }

 private:
  std::unique_ptr<T> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<T>();
    std::unique_ptr<T> memory = std::move(idle_.back());
    idle_.pop_back();
    return memory;
  }
  void give_back(std::unique_ptr<T> memory) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(memory));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace maha::neighbors
