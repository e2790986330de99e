// A program that uses the installed library: of the points 1 and 4 the second is nearer to 3, in units of 2.
#include <iostream>
#include <maha/metric/metric.hpp>
#include <maha/neighbors/index.hpp>

int main() {
  const maha::metric::Metric metric = maha::metric::Metric::from_weights(maha::Vector::Constant(1, 0.25));
  const maha::neighbors::NeighborIndex index(metric.transform(maha::Vector{{1, 4}}));
  const maha::neighbors::NeighborLists nearest = index.nearest(metric.transform(maha::Vector::Constant(1, 3)), 1);
  std::cout << nearest.index[0] << ' ' << nearest.squared[0] << '\n';
}
