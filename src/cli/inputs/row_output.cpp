#include "cli/inputs/row_output.hpp"

#include <array>
#include <utility>

#include "core/error.hpp"
#include "core/text/characters.hpp"
#include "core/text/text.hpp"

namespace maha::cli {
namespace {

using data::Element;
using data::WrittenFormat;

constexpr std::array<std::pair<const char*, WrittenFormat>, 7> kEndings{{
    {".csv", WrittenFormat::csv},
    {".npy", WrittenFormat::npy},
    {".libsvm", WrittenFormat::libsvm},
    {".svm", WrittenFormat::libsvm},
    {".idx", WrittenFormat::idx},
    {"-ubyte", WrittenFormat::idx},
    {".arff", WrittenFormat::arff},
}};

/// Of files that nobody would take for CSV, whatever the default is.
constexpr const char* kForeign[] = {".parquet", ".feather", ".arrow", ".json", ".jsonl", ".tsv",  ".xls",
                                    ".xlsx",    ".ods",     ".mat",   ".h5",   ".hdf5",  ".pkl",  ".pickle",
                                    ".rds",     ".rdata",   ".sav",   ".dta",  ".pt",    ".pth",  ".yaml",
                                    ".yml",     ".sqlite",  ".db",    ".xml",  ".html",  ".onnx", ".faiss"};

void check_not_packed(const std::string& path) {
  const std::string name = lower_case(path);
  for (const char* ending : {".gz", ".xz", ".bz2", ".zst", ".npz", ".zip"}) {
    if (name.ends_with(ending))
      throw UsageError(in_quotes(path) + ": nothing is packed here: pipe it into a program that does");
  }
}

bool is_array(WrittenFormat format) { return format == WrittenFormat::npy || format == WrittenFormat::idx; }

}  // namespace

std::optional<WrittenFormat> format_by_ending(const std::string& path, const std::string& written) {
  check_not_packed(path);
  const std::string name = lower_case(path);
  for (const auto& [ending, format] : kEndings) {
    if (name.ends_with(ending)) return format;
  }
  for (const char* ending : kForeign) {
    if (name.ends_with(ending)) refuse_ending(path, written);
  }
  return std::nullopt;
}

void refuse_ending(const std::string& path, const std::string& written) {
  throw UsageError(in_quotes(path) + " ends as no format that is written here: " + written +
                   "; if one of these is meant, say so by --format");
}

RowOutput::RowOutput(App& app, Options& options) : app_(app) {
  options.choice("--format", asked_,
                 {{"csv", WrittenFormat::csv},
                  {"npy", WrittenFormat::npy},
                  {"libsvm", WrittenFormat::libsvm},
                  {"idx", WrittenFormat::idx},
                  {"arff", WrittenFormat::arff}},
                 "the format that is written (default: by the output's ending, else csv)");
  options.choice("--type", type_,
                 {{"float64", Type::float64},
                  {"float32", Type::float32},
                  {"int64", Type::int64},
                  {"int32", Type::int32},
                  {"int16", Type::int16},
                  {"uint8", Type::uint8}},
                 "of the numbers of npy and idx; float32 rounds, whole ones refuse others (default: float64)");
}

void RowOutput::decide(const std::string& path, const std::optional<std::string>& labels) {
  if (asked_) check_not_packed(path);
  format_ = asked_ ? *asked_ : format_by_ending(path).value_or(WrittenFormat::csv);
  label_format_ = labels ? format_by_ending(*labels).value_or(format_) : format_;
  if (type_ && !is_array(format_) && !is_array(label_format_))
    throw UsageError("--type is of arrays: it goes with --format npy or idx");
  if (type_ == Type::int64 && (format_ == WrittenFormat::idx || label_format_ == WrittenFormat::idx))
    throw UsageError("--type int64: IDX has none");
}

Element RowOutput::element() const {
  switch (type_.value_or(Type::float64)) {
    case Type::float64:
      return data::kFloat64;
    case Type::float32:
      return data::kFloat32;
    case Type::int64:
      return {Element::Kind::integer, 8};
    case Type::int32:
      return {Element::Kind::integer, 4};
    case Type::int16:
      return {Element::Kind::integer, 2};
    case Type::uint8:
      return {Element::Kind::natural, 1};
  }
  return {};
}

std::unique_ptr<data::RowWriter> RowOutput::writer(const std::string& path, const data::WrittenColumns& columns) {
  return data::row_writer(format_, app_.out(path), columns, element(), app_.threads());
}

/// A type is of the features, and says only by uint8 that labels are to be as small.
std::unique_ptr<data::RowWriter> RowOutput::label_writer(const std::string& path, const data::WrittenColumns& columns) {
  io::Output& out = app_.out(path);
  if (!is_array(label_format_)) return data::row_writer(label_format_, out, columns, element(), app_.threads());
  const bool as_asked = columns.label_is_target || type_ == Type::uint8 || (type_ && !is_array(format_));
  return data::label_array_writer(label_format_, out, columns, as_asked ? std::optional(element()) : std::nullopt);
}

}  // namespace maha::cli
