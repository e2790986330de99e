#include "core/checkpoint.hpp"

#include <algorithm>
#include <cstring>

#include "core/error.hpp"

namespace maha {
namespace {

constexpr double kShareOfTime = 0.05;  // that taking states may cost

using Clock = std::chrono::steady_clock;

Clock::duration time_of(double seconds) {
  constexpr double kYear = 3e7;  // what is longer never comes, and could overflow
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::min(seconds, kYear)));
}

[[noreturn]] void refuse() { throw InputError("the state in it is not one of this fit"); }

}  // namespace

void State::raw(void* bytes, std::size_t size) {
  if (size == 0) return;
  if (out_) {
    out_->append(static_cast<const char*>(bytes), size);
    return;
  }
  if (in_.size() < size) refuse();
  std::memcpy(bytes, in_.data(), size);
  in_.remove_prefix(size);
}

std::size_t State::count(std::size_t items, std::size_t size) {
  raw(&items, sizeof items);
  if (reads() && size > 0 && items > in_.size() / size) refuse();
  return items;
}

Checkpoint::Checkpoint(std::string saved, double seconds, HandOn hand_on)
    : seconds_(seconds),
      hand_on_(std::move(hand_on)),
      take_next_(Clock::now()),
      hand_on_next_(take_next_ + time_of(seconds)) {
  State state{std::string_view(saved)};
  while (!state.at_end()) {
    Frame& frame = saved_.emplace_back();
    state(frame.name, frame.state);
  }
}

bool Checkpoint::next_is(const std::string& name) const {
  return restored_ == stages_.size() && restored_ < saved_.size() && saved_[restored_].name == name;
}

void Checkpoint::keep() {
  const auto begin = Clock::now();
  if (closed_ || is_going_on() || (seconds_ > 0 && begin < take_next_)) return;
  newest_.clear();
  State all(newest_);
  for (const Stage* stage : stages_) {
    Frame frame{stage->name_, {}};
    State state(frame.state);
    stage->visit_(state);
    all(frame.name, frame.state);
  }
  handed_on_ = false;
  const auto end = Clock::now();
  take_next_ = end + std::chrono::duration_cast<Clock::duration>((end - begin) / kShareOfTime);
  if (seconds_ > 0 && end < hand_on_next_) return;
  finish();
  hand_on_next_ = Clock::now() + time_of(seconds_);
}

void Checkpoint::finish() {
  if (handed_on_) return;
  handed_on_ = true;
  hand_on_(newest_);
}

Stage::Stage(Checkpoint* checkpoint, const char* name, Visit visit) : checkpoint_(checkpoint) {
  if (!checkpoint) return;
  name_ = name;
  visit_ = std::move(visit);
  if (checkpoint->next_is(name_)) {
    State state{std::string_view(checkpoint->saved_[checkpoint->restored_].state)};
    visit_(state);
    if (!state.at_end()) refuse();
    checkpoint->saved_[checkpoint->restored_++].state = {};
    restored_ = true;
  } else {
    checkpoint->saved_.resize(checkpoint->restored_);
  }
  checkpoint->stages_.push_back(this);
}

Stage::~Stage() {
  if (!checkpoint_) return;
  checkpoint_->stages_.pop_back();
  checkpoint_->saved_.resize(checkpoint_->restored_);
}

}  // namespace maha
