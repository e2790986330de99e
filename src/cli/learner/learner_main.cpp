#include "cli/learner/learner_main.hpp"

#include <unistd.h>

#include <algorithm>

#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/learner/fit_control.hpp"
#include "cli/learner/fitted.hpp"
#include "cli/learner/judgement_input.hpp"
#include "cli/learner/pace.hpp"
#include "cli/learner/scatter_mode.hpp"
#include "cli/learner/wanted.hpp"
#include "cli/live_line.hpp"
#include "core/error.hpp"
#include "core/same_on_ranks.hpp"
#include "data/model/proof.hpp"
#include "data/pairs/pairs.hpp"
#include "data/pairs/triplets.hpp"
#include "data/table/labels.hpp"
#include "io/input.hpp"
#include "learn/table.hpp"

namespace maha::cli {
namespace {

constexpr Index kManyFeatures = 3000;  // with whose cube a fit takes a minute on one core

/// The chunk of each row, by the names of chunks; -1, none, where the name is empty or missing.
Labels chunks_by_name(const std::vector<std::string>& names, const std::vector<std::string>& missing) {
  data::LabelCoder coder;
  Labels chunks;
  for (const std::string& name : names) {
    const bool none = name.empty() || std::find(missing.begin(), missing.end(), name) != missing.end();
    chunks.push_back(none ? -1 : coder.encode(name));
  }
  return chunks;
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
    if (hooks_.over_ranks) app_.work_on_ranks();
    return app_.run(argc, argv, [this] { work(); });
  }

 private:
  // ---- Input --------------------------------------------------------------------------------------------------------

  void declare() {
    const learn::From from = learner_->from();
    app_.rows("file", file_, rows_wanted(from) + "; - is standard input");
    if (from == learn::From::pairs || from == learn::From::labels_or_pairs) declare_pairs(from == learn::From::pairs);
    if (hooks_.writes_scatters) app_.input("--pairs", pairs_, "with --stats: CSV file i,j,similar, summed up as well");
    scatters_.declare(file_);
    judgements_.declare(app_, from);
    if (from == learn::From::labels_or_chunks) {
      app_.column("--chunk", chunk_, "in place of labels: column that names each row's chunk, empty for none");
    }
    app_.output(output_);
    app_.add(learner_->options());
    if (!hooks_.targets.empty()) app_.input("--targets", targets_, hooks_.targets, "MODEL");
    if (!hooks_.start.empty()) app_.input("--init", init_, hooks_.start, "MODEL");
    if (hooks_.want_dual)
      app_.output("--dual", dual_, "write the multipliers that prove the bound, as CSV i,j,l,alpha");
    if (hooks_.want_proof)
      app_.output("--proof", proof_, "write what proves the bound, for maha-prove to check; without --pca, --kernel");
    if (hooks_.study.look) app_.flag(hooks_.study.option, study_, hooks_.study.help);
    if (learner_->iterates()) control_.emplace(app_, line_);
    input_.emplace(app_, app_, label_use(from), data::FeatureUse::read, column_asked(from));
    for (const std::string& line : examples_of(*learner_)) app_.example(line);
  }

  void declare_pairs(bool required) {
    const std::string without = required ? "" : " (default: " + hooks_.pairs_by_label + ")";
    app_.input("--pairs", pairs_, "CSV file i,j,similar: rows by number, or with --id by id; 1 or 0" + without);
    if (required) app_.require("--pairs");
  }

  // ---- Work ---------------------------------------------------------------------------------------------------------

  void work() {
    learner_->check();
    if (scatters_.from()) return learn_from_scatters();
    check_study();
    ask_for_labels();
    check_proof();
    if (control_) control_->prepare();
    const std::string prior = hooks_.prior ? hooks_.prior() : "";
    if (learner_->preprocessing.kernel.any() && (init_ || !prior.empty()))
      throw UsageError("--kernel goes without a model to start from or to stay close to, which is over the features");
    if (!prior.empty()) {
      app_.check_inputs({file_, pairs_.value_or(""), prior, init_.value_or("")});
      given_.prior = read_model(app_, prior);
    }
    if (scatters_.stats()) return sum_up();
    if (hooks_.writes_scatters && pairs_) throw UsageError("--pairs goes with --stats");
    if (learner_->one_pass() && !input_->fills_missing()) return learn_stream();
    read();
    if (study_) return look();
    learn();
  }

  void check_study() const {
    if (!study_ || (hooks_.study.makes_sense() && !control_->asked())) return;
    throw UsageError(hooks_.study.option + " goes without " + hooks_.study.without +
                     ", --trace, --max-seconds, --require-converged, --checkpoint");
  }

  /// A proof is about the features as they are or as they are scaled.
  void check_proof() const {
    const prepare::PreprocessingOptions& before = learner_->preprocessing;
    if (proof_ && (before.pca > 0 || before.kernel.any() || targets_))
      throw UsageError(std::string("--proof goes without --pca and --kernel") +
                       (hooks_.targets.empty() ? "" : ", and without --targets"));
  }

  /// Requires labels if an option or the learner needs them and nothing else was given to learn from.
  void ask_for_labels() {
    data::ColumnRequest& request = input_->request;
    request.asks_for_label = !pairs_ && !chunk_;
    const learn::From from = learner_->from();
    if (from == learn::From::target || input_->target_given()) return input_->want_target();
    const auto require = [&](const std::string& refusal) {
      if (request.unlabeled) throw UsageError(refusal);
      request.labels = data::LabelUse::required;
    };
    if (hooks_.labels_asked && hooks_.labels_asked()) {
      require(hooks_.asks_labels + ": needs the labels that --unlabeled denies");
    }
    if (from == learn::From::labels_or_pairs && !pairs_) require("--unlabeled goes with --pairs FILE");
    if (chunk_) return ask_for_chunks();
    if (from == learn::From::labels_or_chunks) require("--unlabeled: there must be labels, or --chunk COLUMN");
    if (!judgements_.wanted()) return;
    if (!judgements_.given()) require("--unlabeled: there must be labels, or " + judgements_.option() + " FILE");
    judgements_.check();
    if (judgements_.given()) refuse_options_of_classes(judgements_.option());
  }

  /// The column of chunks is read as ids are, which nothing here refers to: a column named as the id is left out.
  void ask_for_chunks() {
    refuse_options_of_classes("--chunk");
    data::ColumnRequest& request = input_->request;
    if (request.id) request.drop.push_back(*request.id);
    request.id = chunk_;
    if (request.label == chunk_) throw UsageError("--chunk and --label name the same column");
  }

  void refuse_options_of_classes(const std::string& instead) const {
    for (const auto& [name, missing] : hooks_.without_classes) {
      const Option& option = learner_->options().at(name);
      if (option.given()) throw UsageError(option.names() + ": there are no " + missing + " with " + instead);
    }
    if (targets_) throw UsageError("--targets: there are no target neighbours with --triplets");
  }

  /// Shows on a terminal what is being done, unless rows are typed there.
  void show(const std::string& stage) {
    line_.start();
    if (line_.live() && (file_ != "-" || !::isatty(STDIN_FILENO))) line_.show({stage});
  }

  /// Reads the table and its companions. A model among them determines which columns are features.
  void read() {
    show("reading " + io::input_name(file_));
    const bool start_leads = init_ && hooks_.trains_network;
    if (start_leads) given_.init = read_model(app_, *init_);
    const data::Model* leading = given_.prior ? &*given_.prior : start_leads ? &*given_.init : nullptr;
    table_ = leading ? input_->read(file_, learned_columns(*leading)) : input_->read(file_);
    if (pairs_) read_row_pairs();
    if (chunk_) given_.chunks = chunks_by_name(table_.ids, input_->dialect().na);
    judgements_.read(app_, table_, input_->companion(), given_);
    const std::optional<std::string>& of_rows = pairs_ ? pairs_ : judgements_.file();
    if (of_rows && !app_.ranks().is_alone()) require_same(app_.ranks(), checksum_of(given_), io::input_name(*of_rows));
    if (targets_) given_.targets = read_model(app_, *targets_, table_.columns);
    if (init_ && !start_leads) given_.init = read_model(app_, *init_, table_.columns);
    const learn::From from = learner_->from();
    if (from == learn::From::labels_or_pairs && !pairs_) require_two_classes(table_, "no dissimilar pair");
    if (from == learn::From::labels || (from == learn::From::labels_or_target && table_.labeled()))
      require_two_classes(table_, "nothing to tell apart");
  }

  void read_row_pairs() {
    const data::RowNames rows(table_);
    app_.about_to_read(*pairs_);
    given_.pairs =
        data::read_pairs(*pairs_, rows, rows, data::Answers::required, input_->request.header, input_->companion())
            .pairs;
    if (scatters_.stats()) return;  // of a part, all may be of one kind
    const auto is_similar = [](const Pair& pair) { return pair.similar; };
    const auto similar = std::count_if(given_.pairs.begin(), given_.pairs.end(), is_similar);
    if (similar > 0 && similar < std::ssize(given_.pairs)) return;
    throw InputError(io::input_name(*pairs_) + ": there is no " + (similar == 0 ? "similar" : "dissimilar") + " pair");
  }

  /// Announces a fit that will take long, of a learner that works on matrices of all features.
  void announce_cost(Index features) const {
    const bool few = learner_->preprocessing.pca > 0 ||
                     (learner_->one_pass() && learner_->options().parameters().find("rank") != nullptr);
    if (features < kManyFeatures || few || hooks_.trains_network) return;
    app_.note(std::to_string(features) +
              " features: the time grows with the cube of their number; --pca R makes it short");
  }

  /// The rows of a stream. Where they are fewer than the features, that is quick; the first row beyond tells.
  NextRows rows_of(data::RowSource& source) const {
    return [this, next = labeled_rows(app_, source, input_->dialect()), left = source.columns().dims()](
               Matrix& X, Labels& y) mutable {
      const bool more = next(X, y);
      if (more && left > 0 && left <= X.rows()) announce_cost(X.cols());
      left -= X.rows();
      return more;
    };
  }

  void learn_stream() {
    show("reading " + io::input_name(file_));
    const std::unique_ptr<data::RowSource> rows = input_->open(file_);
    Fitted fitted = fit_stream(*learner_, rows_of(*rows), rows->columns(), rows->name(), {app_.threads(), {}, {}});
    write(fitted);
  }

  void learn_from_scatters() {
    refuse_options_of_classes("--from");
    show("reading statistics");
    Fitted fitted = scatters_.fit();
    write(fitted);
  }

  void sum_up() {
    scatters_.check(*input_);
    show("reading " + io::input_name(file_));
    if (!pairs_) return scatters_.sum_up(*input_, file_, output_);
    read();
    scatters_.sum_up(std::move(table_), given_.pairs, output_);
  }

  void learn() {
    if (hooks_.want_dual) *hooks_.want_dual = dual_.has_value();
    if (proof_) *hooks_.want_proof = true;
    const std::vector<Index> row = table_.row;
    if (table_.rows() >= table_.X.cols()) announce_cost(table_.X.cols());
    show("preparing");
    const auto data = [&] { return checksum_of(table_, given_); };
    const Run run = control_ ? control_->run(pace_of(*learner_), data) : Run{app_.threads(), {}, {}};
    Fitted fitted = fit_file(*learner_, std::move(table_), std::move(given_), run);
    note_unused(fitted.fit);
    const std::string model = write(fitted);
    if (proof_) app_.out(*proof_).write(data::format_proof(proof_of(*learner_, fitted.fit, model)));
    if (dual_) data::write_multipliers(app_.out(*dual_), fitted.fit.dual, row);
    if (control_) control_->finish(fitted.fit);
  }

  void note_unused(const learn::Fit& fit) const {
    for (std::string name : fit.unused) {
      std::replace(name.begin(), name.end(), '_', '-');
      if (learner_->options().given(name)) app_.note("--" + name + " has no effect on this fit");
    }
  }

  /// Moves the model out, and returns what was written.
  std::string write(Fitted& fitted) {
    line_.clear();
    for (const std::string& warning : fitted.warnings) app_.warn(warning);
    return write_model(app_, std::move(fitted.model), output_);
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
  std::optional<std::string> pairs_, chunk_, targets_, init_, dual_, proof_;
  ScatterMode scatters_{app_, *learner_};
  JudgementInput judgements_;
  bool study_ = false;
  LiveLine line_{app_};
  std::optional<FitControl> control_;
  std::optional<CsvInput> input_;
  data::Table table_;
  Companions given_;
};

}  // namespace

int learner_main(const char* name, int argc, char** argv) { return LearnerMain(name).run(argc, argv); }

}  // namespace maha::cli
