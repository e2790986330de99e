#include "experiment/experiment_json.hpp"

#include "data/table/utf8.hpp"
#include "data/words.hpp"
#include "io/json_keys.hpp"

namespace maha::experiment {
namespace {

const io::JsonWords<data::Header> kHeader{
    {"guess", data::Header::guess}, {"yes", data::Header::yes}, {"no", data::Header::no}};
const io::JsonWords<data::MissingField> kMissing(data::kMissingWords.begin(), data::kMissingWords.end());
const io::JsonWords<eval::Votes> kVotes(data::kVoteWords.begin(), data::kVoteWords.end());
const io::JsonWords<prepare::Scale> kScale(prepare::kScaleWords.begin(), prepare::kScaleWords.end());
const io::JsonWords<prepare::Kernel> kKernel(prepare::kKernelWords.begin(), prepare::kKernelWords.end());

DataSet data_set_from(const io::Json& json, const std::string& place) {
  DataSet set;
  io::JsonKeys keys(json, place);
  std::string delimiter, decimal(1, set.dialect.decimal);
  keys.take("file", set.file);
  if (const io::Json* parts = keys.find("parts")) {
    if (!parts->is_array()) keys.fail("has parts that are no list");
    for (const io::Json& item : *parts) {
      io::JsonKeys files(item, place + ".parts");
      DataSet::Parts& part = set.parts.emplace_back();
      files.take("train", part.train);
      files.take("test", part.test);
      files.done();
      if (part.train.empty() || part.test.empty()) files.fail("wants a train and a test file each");
    }
  }
  set.name = data_set_name(set.parts.empty() ? set.file : set.parts.front().train);
  keys.take("name", set.name);
  keys.take("label", set.label);
  keys.take("target", set.target);
  keys.take("drop", set.drop);
  keys.take("header", set.header, kHeader);
  keys.take("delimiter", delimiter);
  keys.take("decimal", decimal);
  keys.take("comment", set.dialect.comment);
  keys.take("missing", set.missing, kMissing);
  keys.take("na", set.dialect.na);
  keys.take("fold_column", set.fold_column);
  keys.take("folds_file", set.folds_file);
  keys.done();
  if (delimiter.size() > 1) keys.fail("has a delimiter of more than one character");
  if (!delimiter.empty()) set.dialect.delimiter = delimiter[0];
  if (decimal != "." && decimal != ",") keys.fail("has a decimal mark that is neither point nor comma");
  set.dialect.decimal = decimal[0];
  try {
    data::check(set.dialect);
  } catch (const UsageError& e) {
    throw InputError(place + ": " + e.what());
  }
  return set;
}

AlgorithmChoice algorithm_from(const io::Json& json, const std::string& place) {
  if (json.is_string()) return {json.get<std::string>(), json.get<std::string>()};
  AlgorithmChoice choice;
  io::JsonKeys keys(json, place);
  keys.take("spec", choice.spec);
  if (choice.spec.empty()) keys.fail("has no spec");
  choice.name = choice.spec;
  keys.take("name", choice.name);
  keys.done();
  return choice;
}

Protocol protocol_from(const io::Json& json) {
  Protocol protocol;
  io::JsonKeys keys(json, "protocol");
  keys.take("folds", protocol.folds);
  keys.take("test", protocol.test);
  if (protocol.test && keys.find("folds")) keys.fail("has folds and test: give one");
  keys.take("repeats", protocol.repeats);
  keys.take("inner_folds", protocol.inner_folds);
  keys.take("seed", protocol.seed);
  if (const io::Json* ks = keys.find("neighbors"); ks && ks->is_array()) {
    protocol.ks.clear();
    for (const io::Json& k : *ks) {
      if (!io::JsonKind<Index>::fits(k)) keys.fail("neighbors", " has " + io::brief(k) + ", and not a whole number");
      protocol.ks.push_back(k.get<Index>());
    }
  } else {
    keys.take("neighbors", protocol.ks.front());
  }
  keys.take("votes", protocol.votes, kVotes);
  keys.take("scale", protocol.preprocessing.scale, kScale);
  prepare::KernelOptions& kernel = protocol.preprocessing.kernel;
  keys.take("kernel", kernel.kernel, kKernel);
  keys.take("bandwidth", kernel.bandwidth);
  keys.take("degree", kernel.degree);
  keys.take("offset", kernel.offset);
  keys.take("landmarks", kernel.landmarks);
  keys.take("kernel_seed", kernel.seed);
  keys.take("pca", protocol.preprocessing.pca);
  keys.done();
  return protocol;
}

io::Json json_of(const DataSet& set) {
  io::Json json{{"name", set.name}};
  if (!set.file.empty()) json["file"] = set.file;
  for (const auto& [train, test] : set.parts) json["parts"].push_back({{"train", train}, {"test", test}});
  if (set.label) json["label"] = *set.label;
  if (set.target) json["target"] = *set.target;
  if (!set.drop.empty()) json["drop"] = set.drop;
  if (set.header != data::Header::guess) json["header"] = io::word(kHeader, set.header);
  const data::CsvDialect usual;
  if (set.dialect.delimiter != 0) json["delimiter"] = std::string(1, set.dialect.delimiter);
  if (set.dialect.decimal != usual.decimal) json["decimal"] = std::string(1, set.dialect.decimal);
  if (!set.dialect.comment.empty()) json["comment"] = set.dialect.comment;
  if (set.missing != data::MissingField::error) json["missing"] = io::word(kMissing, set.missing);
  if (set.dialect.na != usual.na) json["na"] = set.dialect.na;
  if (set.fold_column) json["fold_column"] = *set.fold_column;
  if (set.folds_file) json["folds_file"] = *set.folds_file;
  return json;
}

io::Json json_of(const Protocol& protocol) {
  io::Json json;
  if (protocol.test) {
    json["test"] = *protocol.test;
  } else {
    json["folds"] = protocol.folds;
  }
  json["repeats"] = protocol.repeats;
  json["inner_folds"] = protocol.inner_folds;
  json["seed"] = protocol.seed;
  json["neighbors"] = protocol.ks.size() == 1 ? io::Json(protocol.ks.front()) : io::Json(protocol.ks);
  json["votes"] = io::word(kVotes, protocol.votes);
  json["scale"] = io::word(kScale, protocol.preprocessing.scale);
  const prepare::KernelOptions& kernel = protocol.preprocessing.kernel;
  if (kernel.any()) json["kernel"] = io::word(kKernel, kernel.kernel);
  if (kernel.bandwidth) json["bandwidth"] = *kernel.bandwidth;
  if (kernel.degree) json["degree"] = *kernel.degree;
  if (kernel.offset) json["offset"] = *kernel.offset;
  if (kernel.landmarks) json["landmarks"] = *kernel.landmarks;
  if (kernel.seed) json["kernel_seed"] = *kernel.seed;
  json["pca"] = protocol.preprocessing.pca;
  return json;
}

io::Json json_of(const Experiment& experiment) {
  io::Json json{{"datasets", io::Json::array()}, {"algorithms", io::Json::array()}};
  for (const DataSet& set : experiment.datasets) json["datasets"].push_back(json_of(set));
  for (const auto& [name, spec] : experiment.algorithms) {
    json["algorithms"].push_back({{"name", name}, {"spec", spec}});
  }
  json["protocol"] = json_of(experiment.protocol);
  return json;
}

template <class Item, class Read>
std::vector<Item> list_from(io::JsonKeys& keys, const std::string& key, Read read) {
  std::vector<Item> items;
  const io::Json* list = keys.find(key);
  if (!list || !list->is_array()) keys.fail("has no list of " + key);
  for (const io::Json& json : *list) items.push_back(read(json, key + "[" + std::to_string(items.size() + 1) + "]"));
  return items;
}

}  // namespace

Experiment parse_experiment(const std::string& text) {
  const io::Json json = io::parse_json(text);
  const bool is_result = json.is_object() && json.contains("experiment");
  if (is_result && (json.value("format", io::Json()) != "maha-results" || json.value("version", io::Json()) != 1)) {
    throw InputError("format is not maha-results, version 1");
  }
  io::JsonKeys keys(is_result ? json["experiment"] : json, "experiment");
  Experiment experiment;
  experiment.datasets = list_from<DataSet>(keys, "datasets", data_set_from);
  experiment.algorithms = list_from<AlgorithmChoice>(keys, "algorithms", algorithm_from);
  if (const io::Json* protocol = keys.find("protocol")) experiment.protocol = protocol_from(*protocol);
  keys.done();
  return experiment;
}

void require_utf8(const Experiment& experiment) {
  const auto require = [](const std::string& what, const std::string& text, const char* remedy) {
    if (!data::is_utf8(text)) throw UsageError(what + in_quotes(text) + " is not UTF-8, which JSON must be" + remedy);
  };
  for (const DataSet& set : experiment.datasets) {
    std::vector<std::string> paths{set.file, set.folds_file.value_or("")};
    for (const auto& [train, test] : set.parts) paths.insert(paths.end(), {train, test});
    for (const std::string& path : paths) require("the file name ", path, ": rename the file");
    std::vector<std::string> texts = set.drop;
    texts.insert(texts.end(), {set.label.value_or(""), set.target.value_or(""), set.fold_column.value_or(""),
                               set.dialect.comment, std::string(1, set.dialect.delimiter)});
    texts.insert(texts.end(), set.dialect.na.begin(), set.dialect.na.end());
    for (const std::string& text : texts) require("", text, ": iconv -f latin1 -t UTF-8");
    require("the data set name ", set.name, "");
  }
  for (const auto& [name, spec] : experiment.algorithms) {
    require("algorithm ", spec, "");
    require("the name of an algorithm ", name, "");
  }
}

std::string format_experiment(const Experiment& experiment) { return io::dump_json(json_of(experiment)); }

std::string format_protocol(const Protocol& protocol) { return io::dump_json(json_of(protocol)); }

}  // namespace maha::experiment
