#pragma once
/// Ranks that are threads of one process, for tests of what is meant for several processes.

#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/machine/ranks.hpp"

namespace maha::test {

/// What is on its way between ranks: a message a call, in order from each to each.
class Mail {
 public:
  void post(std::pair<int, int> from_to, const void* bytes, std::size_t size) {
    const std::lock_guard lock(mutex_);
    boxes_[from_to].emplace_back(static_cast<const char*>(bytes), size);
    arrived_.notify_all();
  }

  /// Throws if the message has another size than is asked for, or if a rank has failed.
  void take(std::pair<int, int> from_to, void* bytes, std::size_t size) {
    std::unique_lock lock(mutex_);
    std::deque<std::string>& box = boxes_[from_to];
    arrived_.wait(lock, [&] { return failed_ || !box.empty(); });
    if (box.empty()) throw std::runtime_error("another rank has failed");
    if (box.front().size() != size) throw std::logic_error("a message of another size");
    if (size > 0) std::memcpy(bytes, box.front().data(), size);
    box.pop_front();
  }

  void fail() {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    arrived_.notify_all();
  }

  /// Whether something was sent that nobody has taken.
  bool has_any() const {
    for (const auto& [from_to, box] : boxes_) {
      if (!box.empty()) return true;
    }
    return false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<std::pair<int, int>, std::deque<std::string>> boxes_;
  bool failed_ = false;
};

class RankThread final : public Ranks {
 public:
  RankThread(int rank, int count, Mail& mail) : Ranks(rank, count), mail_(mail) {}

 private:
  void pass_to_all(void* bytes, std::size_t size, int from) const override {
    if (rank() != from) return mail_.take({from, rank()}, bytes, size);
    for (int to = 0; to < count(); ++to) {
      if (to != from) mail_.post({from, to}, bytes, size);
    }
  }
  void pass_to(const void* bytes, std::size_t size, int to) const override { mail_.post({rank(), to}, bytes, size); }
  void take_from(void* bytes, std::size_t size, int from) const override { mail_.take({from, rank()}, bytes, size); }

  Mail& mail_;
};

/// Runs body(ranks) on so many ranks. Throws what the lowest rank threw that failed by itself; throws too if a message
/// was left over. Returns the bytes that were sent.
inline std::size_t on_ranks(int count, const std::function<void(const Ranks& ranks)>& body) {
  Mail mail;
  std::vector<std::exception_ptr> errors(static_cast<std::size_t>(count));
  std::vector<std::size_t> sent(errors.size(), 0);
  std::vector<std::thread> threads;
  for (int rank = 0; rank < count; ++rank) {
    threads.emplace_back([&, rank] {
      const RankThread ranks(rank, count, mail);
      try {
        body(ranks);
      } catch (...) {
        errors[static_cast<std::size_t>(rank)] = std::current_exception();
        mail.fail();
      }
      sent[static_cast<std::size_t>(rank)] = ranks.sent();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  if (mail.has_any()) throw std::logic_error("a message was left over");
  std::size_t all = 0;
  for (const std::size_t bytes : sent) all += bytes;
  return all;
}

}  // namespace maha::test
