#include "cli/learner/learner_main.hpp"

#include <algorithm>

#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/learner/fit_control.hpp"
#include "cli/learner/fitted.hpp"
#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/pairs/pairs.hpp"
#include "data/pairs/triplets.hpp"
#include "io/input.hpp"
#include "learn/table.hpp"

namespace maha::cli {
namespace {

constexpr Index kManyFeatures = 2000;  // with whose cube a fit takes half a minute on one core

std::string csv(const learn::Findings& findings) {
  std::string text;
  const auto end_line = [&text] { text.back() = '\n'; };
  for (const std::string& column : findings.columns) text += column + ",";
  end_line();
  for (const std::vector<Report::Value>& row : findings.rows) {
    for (const Report::Value& value : row) {
      if (const auto* number = std::get_if<double>(&value)) append_number(text, *number);
      if (const auto* word = std::get_if<std::string>(&value)) text += *word;
      text += ',';
    }
    end_line();
  }
  return text;
}

std::string rows_wanted(learn::From from) {
  if (from == learn::From::labels) return "CSV file with labels";
  if (from == learn::From::labels_or_triplets) return "CSV file with labels, or of the rows of triplets";
  return from == learn::From::rows ? "CSV file" : "CSV file of the rows";
}

Pace pace_of(const learn::Learner& learner) {
  Pace pace{learner.tolerance(), {}};
  const Report options = learner.options().parameters();
  if (const Report::Value* const epochs = options.find("epochs")) pace.epochs = std::get<std::int64_t>(*epochs);
  return pace;
}

/// The tool of one learner.
class LearnerMain {
 public:
  explicit LearnerMain(const char* name)
      : learner_(learn::make_learner(name)),
        hooks_(learner_->hooks()),
        app_(std::string("maha-") + name, learner_->summary()) {
    declare();
  }

  int run(int argc, char** argv) {
    return app_.run(argc, argv, [this] { work(); });
  }

 private:
  // ---- Input --------------------------------------------------------------------------------------------------------

  void declare() {
    const learn::From from = learner_->from();
    app_.input("file", file_, rows_wanted(from) + "; - is standard input");
    if (from == learn::From::pairs || from == learn::From::labels_or_pairs) declare_pairs(from == learn::From::pairs);
    if (from == learn::From::labels_or_triplets) declare_triplets();
    app_.output(output_);
    app_.add(learner_->options());
    if (!hooks_.targets.empty()) app_.input("--targets", targets_, hooks_.targets, "MODEL");
    if (!hooks_.start.empty()) app_.input("--init", init_, hooks_.start, "MODEL");
    if (hooks_.want_dual)
      app_.output("--dual", dual_, "write the multipliers that prove the bound, as CSV i,j,l,alpha");
    if (hooks_.study.look) app_.flag(hooks_.study.option, study_, hooks_.study.help);
    if (learner_->iterates()) control_.emplace(app_);
    input_.emplace(app_, app_, from == learn::From::labels ? data::LabelUse::required : data::LabelUse::optional);
    for (const std::string& line : examples()) app_.example(line);
  }

  void declare_pairs(bool required) {
    const std::string without = required ? "" : " (default: pairs drawn by label)";
    app_.input("--pairs", pairs_, "CSV file i,j,similar: rows by number, or with --id by id; 1 or 0" + without);
    if (required) app_.require("--pairs");
  }

  void declare_triplets() {
    app_.input("--triplets", triplets_,
               "in place of labels: CSV file anchor,near,far, rows by number, or with --id by id");
    app_.choice("--triplets-header", triplets_header_, {{"yes", data::Header::yes}, {"no", data::Header::no}},
                "whether its first line is a header (default: found out)");
  }

  std::vector<std::string> examples() const {
    if (!hooks_.examples.empty()) return hooks_.examples;
    const bool pairs = learner_->from() == learn::From::pairs;
    std::vector<std::string> lines;
    if (pairs) lines.emplace_back("maha-pairs --count 2000 datasets/wine.csv > pairs.csv");
    const std::string rows = pairs ? " --pairs pairs.csv datasets/wine.csv" : " datasets/wine.csv";
    lines.push_back(app_.name() + rows + " -o " + learner_->name() + ".json");
    lines.push_back(app_.name() + " --standardize" + rows + " | maha-transform -m - datasets/wine.csv | head -3");
    return lines;
  }

  // ---- Work ---------------------------------------------------------------------------------------------------------

  void work() {
    learner_->check();
    check_study();
    ask_for_labels();
    const std::string prior = hooks_.prior ? hooks_.prior() : "";
    if (learner_->preprocessing.kernel.any() && (init_ || !prior.empty()))
      throw UsageError("--kernel goes without a model to start from or to stay close to, which is over the features");
    if (!prior.empty()) {
      app_.check_inputs({file_, pairs_.value_or(""), prior, init_.value_or("")});
      given_.prior = read_model(app_, prior);
    }
    if (learner_->one_pass() && !input_->fills_missing()) return learn_stream();
    read();
    if (study_) return look();
    learn();
  }

  void check_study() const {
    if (!study_ || (hooks_.study.makes_sense() && !control_->asked())) return;
    throw UsageError(hooks_.study.option + " goes without " + hooks_.study.without +
                     ", --trace, --max-seconds, --require-converged");
  }

  /// Requires labels if an option or the learner needs them and nothing else was given to learn from.
  void ask_for_labels() {
    data::ColumnRequest& request = input_->request;
    request.asks_for_label = !pairs_;
    const learn::From from = learner_->from();
    const auto require = [&](const std::string& refusal) {
      if (request.unlabeled) throw UsageError(refusal);
      request.labels = data::LabelUse::required;
    };
    if (hooks_.labels_asked && hooks_.labels_asked()) {
      require(hooks_.asks_labels + ": needs the labels that --unlabeled denies");
    }
    if (from == learn::From::labels_or_pairs && !pairs_) require("--unlabeled goes with --pairs FILE");
    if (from != learn::From::labels_or_triplets) return;
    if (!triplets_) require("--unlabeled: there must be labels, or --triplets FILE");
    if (!triplets_ && triplets_header_ != data::Header::guess)
      throw UsageError("--triplets-header: goes with --triplets FILE");
    if (triplets_) refuse_options_of_classes();
  }

  void refuse_options_of_classes() const {
    for (const auto& [name, missing] : hooks_.without_classes) {
      const Option& option = learner_->options().at(name);
      if (option.given()) throw UsageError(option.names() + ": there are no " + missing + " with --triplets");
    }
    if (targets_) throw UsageError("--targets: there are no target neighbours with --triplets");
  }

  /// Reads the table and its companions. A model among them determines which columns are features.
  void read() {
    const bool start_leads = init_ && hooks_.trains_network;
    if (start_leads) given_.init = read_model(app_, *init_);
    const data::Model* leading = given_.prior ? &*given_.prior : start_leads ? &*given_.init : nullptr;
    table_ = leading ? input_->read(file_, learned_columns(*leading)) : input_->read(file_);
    if (pairs_) read_row_pairs();
    if (triplets_) {
      app_.about_to_read(*triplets_);
      given_.triplets = data::read_triplets(*triplets_, data::RowNames(table_), triplets_header_, input_->companion());
    }
    if (targets_) given_.targets = read_model(app_, *targets_, table_.columns);
    if (init_ && !start_leads) given_.init = read_model(app_, *init_, table_.columns);
    const learn::From from = learner_->from();
    if (from == learn::From::labels || (from == learn::From::labels_or_pairs && !pairs_)) require_two_classes(table_);
  }

  void read_row_pairs() {
    const data::RowNames rows(table_);
    app_.about_to_read(*pairs_);
    given_.pairs =
        data::read_pairs(*pairs_, rows, rows, data::Answers::required, input_->request.header, input_->companion())
            .pairs;
    const auto is_similar = [](const Pair& pair) { return pair.similar; };
    const auto similar = std::count_if(given_.pairs.begin(), given_.pairs.end(), is_similar);
    if (similar > 0 && similar < std::ssize(given_.pairs)) return;
    throw InputError(io::input_name(*pairs_) + ": there is no " + (similar == 0 ? "similar" : "dissimilar") + " pair");
  }

  /// Announces a fit that will take long, of a learner that works on matrices of all features.
  void announce_cost(const data::Columns& columns, const std::string& where) const {
    const Index features = columns.dims();
    if (features < kManyFeatures || learner_->preprocessing.pca > 0 || hooks_.trains_network) return;
    app_.note(std::to_string(features) + " features" + where +
              ": the time grows with the cube of their number; --pca R makes it short");
  }

  void learn_stream() {
    const std::unique_ptr<data::RowSource> rows = input_->open(file_);
    announce_cost(rows->columns(), ", unless there are fewer rows");
    Fitted fitted =
        fit_stream(*learner_, labeled_rows(app_, *rows), rows->columns(), rows->name(), {app_.threads(), {}, {}});
    write(fitted);
  }

  void learn() {
    if (hooks_.want_dual) *hooks_.want_dual = dual_.has_value();
    const std::vector<Index> row = table_.row;
    if (control_ || table_.rows() >= table_.X.cols()) announce_cost(table_.columns, "");
    const Run run = control_ ? control_->run(pace_of(*learner_)) : Run{app_.threads(), {}, {}};
    Fitted fitted = fit_file(*learner_, std::move(table_), std::move(given_), run);
    write(fitted);
    if (dual_) data::write_multipliers(app_.out(*dual_), fitted.fit.dual, row);
    if (control_) control_->finish(fitted.fit);
  }

  /// Moves the model out.
  void write(Fitted& fitted) {
    for (const std::string& warning : fitted.warnings) app_.warn(warning);
    write_model(app_, std::move(fitted.model), output_);
  }

  void look() {
    const learn::Findings findings = study_file(*learner_, std::move(table_), std::move(given_), app_.threads());
    app_.note(findings.summary);
    app_.out(output_).write(csv(findings));
  }

  const std::unique_ptr<learn::Learner> learner_;
  const learn::Hooks& hooks_;
  App app_;
  std::string file_ = "-", output_ = "-";
  std::optional<std::string> pairs_, triplets_, targets_, init_, dual_;
  data::Header triplets_header_ = data::Header::guess;
  bool study_ = false;
  std::optional<FitControl> control_;
  std::optional<CsvInput> input_;
  data::Table table_;
  Companions given_;
};

}  // namespace

int learner_main(const char* name, int argc, char** argv) { return LearnerMain(name).run(argc, argv); }

}  // namespace maha::cli
