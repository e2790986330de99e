#include "data/writing/counted_output.hpp"

#include <utility>

namespace maha::data {

CountedOutput::CountedOutput(io::Output& out, std::function<std::string()> header)
    : out_(out), header_(std::move(header)) {
  if (out_.goes_back()) out_.write(header_());
}

void CountedOutput::write(std::string_view bytes) {
  if (out_.goes_back()) {
    out_.write(bytes);
  } else {
    held_ += bytes;
  }
}

void CountedOutput::finish() {
  if (out_.goes_back()) return out_.write_again(header_());
  out_.write(header_());
  out_.write(held_);
}

}  // namespace maha::data
