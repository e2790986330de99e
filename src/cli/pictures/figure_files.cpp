#include "cli/pictures/figure_files.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/about.hpp"
#include "cli/inputs/model_io.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "eval/statistics/nemenyi.hpp"
#include "io/input.hpp"
#include "metric/spectrum.hpp"

namespace maha::cli {
namespace {

std::string stem(const std::string& file) {
  return file == "-" ? "standard input" : std::filesystem::path(file).stem();
}

/// What a file's series is called: its name without folder and ending; its path where another has that name too.
std::string series_name(const std::string& file, const std::vector<std::string>& files) {
  const auto same = [&](const std::string& other) { return stem(other) == stem(file); };
  return std::count_if(files.begin(), files.end(), same) > 1 ? file : stem(file);
}

template <class Read>
auto each(const std::vector<std::string>& files, const Read& read) {
  std::vector<plot::Named<decltype(read(files.front()))>> all;
  for (const std::string& path : files) all.push_back({series_name(path, files), read(path)});
  return all;
}

}  // namespace

const std::string& FigureFiles::noted(const std::string& path) {
  sources_.push_back(io::input_name(path));
  return path;
}

data::NamedColumns FigureFiles::columns(const std::string& path) {
  app_.about_to_read(noted(path));
  return data::NamedColumns(path, dialect_);
}

experiment::ResultsSummary FigureFiles::results(const std::string& path) {
  app_.about_to_read(noted(path));
  return experiment::read_results_summary(path);
}

plot::Picture FigureFiles::ranks(const std::string& path, double significance) {
  const experiment::ResultsSummary found = results(path);
  const auto algorithms = static_cast<Index>(found.algorithms.size()), sets = static_cast<Index>(found.datasets.size());
  return about(io::input_name(path), [&] {
    if (algorithms < 2 || sets < 2) throw InputError("mean ranks are of two algorithms and two data sets at least");
    const double least = eval::nemenyi_critical_difference(algorithms, sets, significance);
    return plot::ranks_figure(found, least, significance);
  });
}

plot::Picture FigureFiles::path(const std::string& path, const std::optional<std::string>& option) {
  const experiment::ResultsSummary found = results(path);
  return about(io::input_name(path), [&] { return plot::path_figure(found, option); });
}

Vector FigureFiles::eigenvalues(const std::string& path) {
  return metric::spectrum(read_model(app_, noted(path)).linear());
}

std::vector<plot::Named<data::NamedColumns>> FigureFiles::columns(const std::vector<std::string>& paths) {
  return each(paths, [this](const std::string& path) { return columns(path); });
}

std::vector<plot::Named<Vector>> FigureFiles::eigenvalues(const std::vector<std::string>& paths) {
  return each(paths, [this](const std::string& path) { return eigenvalues(path); });
}

std::string FigureFiles::source() const { return listing(sources_); }

}  // namespace maha::cli
