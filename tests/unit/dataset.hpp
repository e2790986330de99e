#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "core/types.hpp"

/// One of datasets/*.csv, read without the library's own reader: the class is the last column.
struct Dataset {
  maha::Matrix X;
  maha::Labels y;
};

inline Dataset read_dataset(const std::string& name) {
  std::ifstream file(MAHA_SOURCE_DIR "/datasets/" + name + ".csv");
  std::vector<double> values;
  std::map<std::string, int> ids;
  Dataset data;
  std::string line, cell;
  std::getline(file, line);  // the header
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    while (std::getline(cells, cell, ',') && !cells.eof()) values.push_back(std::stod(cell));
    data.y.push_back(ids.emplace(cell, static_cast<int>(ids.size())).first->second);
  }
  const auto rows = static_cast<maha::Index>(data.y.size());
  data.X = Eigen::Map<const maha::Matrix>(values.data(), rows, static_cast<maha::Index>(values.size()) / rows);
  return data;
}
