#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "io/output.hpp"

namespace maha::data {

/// Bytes behind a header that counts them. It is written anew at the end, or where the output cannot go back, as in a
/// pipe, the bytes wait for it in memory. The output must outlive this.
class CountedOutput {
 public:
  /// `header`: as it is at present, of one length all along.
  CountedOutput(io::Output& out, std::function<std::string()> header);

  void write(std::string_view bytes);

  /// After the last bytes.
  void finish();

 private:
  io::Output& out_;
  std::function<std::string()> header_;
  std::string held_;
};

}  // namespace maha::data
