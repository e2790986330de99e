#pragma once
/// The state of a fit between two of its iterations, kept so that another run goes on from there to the same bits.

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Bytes that a state is written to or read from: one function names its fields, in the same order, for both ways.
///   [&](State& state) { state(L, step, best.objective, random); }
/// A field is a matrix or vector, anything that is copied bit by bit, std::string, std::vector, std::deque or
/// std::optional of fields, or of a type for which there is a function visit(State&, T&).
class State {
 public:
  /// Writes to a text, at its end.
  explicit State(std::string& bytes) : out_(&bytes) {}
  /// Reads.
  explicit State(std::string_view bytes) : in_(bytes) {}

  bool reads() const { return out_ == nullptr; }
  bool at_end() const { return in_.empty(); }

  /// Throws InputError if the bytes are not of such fields.
  template <class... Fields>
  void operator()(Fields&... fields) {
    (field(fields), ...);
  }

  /// The number of items that follow, at least `size` bytes each.
  std::size_t count(std::size_t items, std::size_t size);

  void raw(void* bytes, std::size_t size);

 private:
  template <class T>
  void field(T& value) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      raw(&value, sizeof value);
    } else {
      visit(*this, value);
    }
  }

  std::string* out_ = nullptr;
  std::string_view in_;
};

template <class Derived>
void visit(State& state, Eigen::PlainObjectBase<Derived>& matrix) {
  using Number = typename Derived::Scalar;
  const std::size_t rows = state.count(static_cast<std::size_t>(matrix.rows()), 0);
  const std::size_t cols = state.count(static_cast<std::size_t>(matrix.cols()), rows * sizeof(Number));
  if (state.reads()) matrix.resize(static_cast<Index>(rows), static_cast<Index>(cols));
  state.raw(matrix.data(), rows * cols * sizeof(Number));
}

template <class T>
void visit(State& state, std::vector<T>& items) {
  constexpr bool kPlain = std::is_trivially_copyable_v<T>;
  const std::size_t size = state.count(items.size(), kPlain ? sizeof(T) : 1);
  if (state.reads()) items.resize(size);
  if constexpr (kPlain) {
    state.raw(items.data(), size * sizeof(T));
  } else {
    for (T& item : items) state(item);
  }
}

template <class T>
void visit(State& state, std::deque<T>& items) {
  const std::size_t size = state.count(items.size(), 1);
  if (state.reads()) items.resize(size);
  for (T& item : items) state(item);
}

template <class T>
void visit(State& state, std::optional<T>& value) {
  bool there = value.has_value();
  state(there);
  if (state.reads()) there ? void(value.emplace()) : value.reset();
  if (there) state(*value);
}

inline void visit(State& state, std::string& text) {
  const std::size_t size = state.count(text.size(), 1);
  if (state.reads()) text.resize(size);
  state.raw(text.data(), size);
}

/// Where the state of a fit is kept. A fit is in stages, one within the other, such as a search in a round: see Stage.
/// Each state is taken whole between two iterations, and the newest is handed on in good time. Taking it costs at most
/// a twentieth of the time. To be used in the thread that called the fit.
class Checkpoint {
 public:
  using HandOn = std::function<void(const std::string& state)>;

  /// saved: the state from which to go on, or "". hand_on: called with the newest state every so many seconds; with 0,
  /// with each.
  Checkpoint(std::string saved, double seconds, HandOn hand_on);
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;

  /// From here on no state is taken. To be called as soon as something makes the fit go another way than it would in a
  /// longer run: it was asked to stop, or a stage has reached the most iterations before its end.
  void close() { closed_ = true; }

  /// Hands on the newest state, unless that was done.
  void finish();

 private:
  friend class Stage;
  struct Frame {
    std::string name, state;
  };

  bool next_is(const std::string& name) const;
  /// Whether stages within the present one are still to go on from their state, which is newer than any without them.
  bool is_going_on() const { return restored_ < saved_.size(); }
  void keep();

  std::vector<Frame> saved_;                // of the stages, the outermost first
  std::size_t restored_ = 0;                // stages of these that went on from their state
  std::vector<const class Stage*> stages_;  // that the fit is in
  double seconds_;
  HandOn hand_on_;
  std::string newest_;
  bool closed_ = false, handed_on_ = true;
  std::chrono::steady_clock::time_point take_next_, hand_on_next_;
};

/// A part of a fit with iterations, while it lasts. `visit` names all that the next iteration depends on, as it is at
/// the head of the present one, but for what is worked out again from the samples.
///   Stage stage(run.checkpoint, "search", [&](State& state) { state(x, iteration); });
///   if (!stage.restored()) x = start;
///   for (; iteration < last; ++iteration) {
///     stage.keep();
///     ...
/// Stages may be within others, whose states are taken with theirs. Without a checkpoint it does nothing.
class Stage {
 public:
  using Visit = std::function<void(State&)>;

  /// Restores the state if one of this name was saved, and the stages around it went on from theirs. Throws InputError.
  Stage(Checkpoint* checkpoint, const char* name, Visit visit);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Whether the state was saved by an earlier run, and is now restored.
  bool restored() const { return restored_; }

  /// At the head of each iteration: takes the state, when it is time for that.
  void keep() const {
    if (checkpoint_) checkpoint_->keep();
  }

  /// Whether the stage that comes next was saved under this name: what leads to it need not be done again.
  static bool saved(const Checkpoint* checkpoint, const char* name) { return checkpoint && checkpoint->next_is(name); }

 private:
  friend class Checkpoint;
  Checkpoint* checkpoint_;
  std::string name_;
  Visit visit_;
  bool restored_ = false;
};

}  // namespace maha
