#include "cli/sampling_csv.hpp"

#include <cstdio>

#include "core/number.hpp"

namespace maha::cli {

std::string sampling_csv(const SamplingReport& report) {
  std::string text = "sampler,from,to,share,expected,idle\n";
  for (const SamplerShares& drawn : report.samplers) {
    for (std::size_t b = 0; b < report.expected.size(); ++b) {
      text += name_of(drawn.sampler);
      const double bin = static_cast<double>(b);
      for (const double value : {bin * 2 / SamplingReport::kBins, (bin + 1) * 2 / SamplingReport::kBins, drawn.share[b],
                                 report.expected[b], drawn.idle[b]}) {
        text += ',';
        append_number(text, value);
      }
      text += '\n';
    }
  }
  return text;
}

std::string idle_summary(const SamplingReport& report) {
  std::string text = "triplets that contribute nothing:";
  for (const SamplerShares& drawn : report.samplers) {
    char share[16];
    std::snprintf(share, sizeof share, " %.1f%%", 100 * drawn.idle_share());
    text += std::string(text.back() == ':' ? " " : ", ") + name_of(drawn.sampler) + share;
  }
  return text;
}

}  // namespace maha::cli
