#include "prepare/few_rows.hpp"

#include <deque>
#include <memory>
#include <utility>

namespace maha::prepare {
namespace {

using Blocks = std::deque<Rows>;

Rows joined(Blocks blocks) {
  if (blocks.empty()) return {};
  if (blocks.size() == 1) return std::move(blocks.front());
  Index count = 0;
  for (const Rows& block : blocks) count += block.X.rows();
  Rows all{Matrix(count, blocks.front().X.cols()), {}};
  for (Index filled = 0; !blocks.empty(); blocks.pop_front()) {
    const Rows& block = blocks.front();
    all.X.middleRows(filled, block.X.rows()) = block.X;
    all.y.insert(all.y.end(), block.y.begin(), block.y.end());
    filled += block.X.rows();
  }
  return all;
}

}  // namespace

Rows all_rows(const NextRows& next) {
  Blocks blocks;
  for (Rows block; next(block.X, block.y); block = {}) blocks.push_back(std::move(block));
  return joined(std::move(blocks));
}

NextRows once(SharedRows& X, Labels& y) {
  return [&X, &y, done = false](Matrix& rows, Labels& classes) mutable {
    if (done) return false;
    rows = X.release();
    classes = std::move(y);
    return done = true;
  };
}

std::optional<Rows> few_rows(NextRows& next) {
  const auto seen = std::make_shared<Blocks>();
  Index count = 0, wanted = 1;
  bool more = true;
  while (count < wanted) {
    Rows block;
    more = next(block.X, block.y);
    if (!more) break;
    if (block.X.rows() == 0) continue;
    wanted = block.X.cols();
    count += block.X.rows();
    seen->push_back(std::move(block));
  }
  if (!more && count > 0) return joined(std::move(*seen));
  next = [seen, more, rest = std::move(next)](Matrix& X, Labels& y) {
    if (seen->empty()) return more && rest(X, y);
    X = std::move(seen->front().X);
    y = std::move(seen->front().y);
    seen->pop_front();
    return true;
  };
  return std::nullopt;
}

}  // namespace maha::prepare
