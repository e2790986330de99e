#include "learn/table.hpp"

#include <functional>

#include "core/error.hpp"
#include "core/text/likeness.hpp"
#include "core/text/names.hpp"
#include "core/text/text.hpp"
#include "learn/anmm/anmm.hpp"
#include "learn/covariance/covariance.hpp"
#include "learn/dml_eig/dml_eig.hpp"
#include "learn/dmlmj/dmlmj.hpp"
#include "learn/embedding/siamese.hpp"
#include "learn/embedding/triplet.hpp"
#include "learn/euclidean/euclidean.hpp"
#include "learn/gmml/gmml.hpp"
#include "learn/itml/itml.hpp"
#include "learn/kissme/kissme.hpp"
#include "learn/lda/lda.hpp"
#include "learn/ldml/ldml.hpp"
#include "learn/lfda/lfda.hpp"
#include "learn/lmnn/lmnn.hpp"
#include "learn/lsml/lsml.hpp"
#include "learn/mcml/mcml.hpp"
#include "learn/mlkr/mlkr.hpp"
#include "learn/mmc/mmc.hpp"
#include "learn/nca/nca.hpp"
#include "learn/ncmml/ncmml.hpp"
#include "learn/pca/pca.hpp"
#include "learn/rca/rca.hpp"
#include "learn/rfm/rfm.hpp"
#include "learn/scml/scml.hpp"
#include "learn/sdml/sdml.hpp"
#include "learn/xqda/xqda.hpp"

namespace maha::learn {
namespace {

using Made = std::unique_ptr<Learner>;

/// A line of the table. A learner has a hundred options to declare: it is made when it is asked for.
struct Entry {
  const char* name;
  std::function<Made()> make;
};

template <class Options, class FitFunction>
Entry entry(const char* name, const char* summary, From from, FitFunction fit,
            typename LearnerOf<Options, FitFunction>::FromScatters scatters = nullptr) {
  return {name, [=] { return std::make_unique<LearnerOf<Options, FitFunction>>(name, summary, from, fit, scatters); }};
}

/// `scatters`: how it learns from scatters in place of rows, if it can.
template <class Options>
Entry learner(const char* name, const char* summary, From from, FitSamples<Options> fit,
              FitScatters<Options> scatters = nullptr) {
  return entry<Options>(name, summary, from, fit, scatters);
}

/// One that takes one pass.
template <class Options>
Entry learner(const char* name, const char* summary, From from, FitRows<Options> fit,
              FitRawScatters<Options> scatters = nullptr) {
  return entry<Options>(name, summary, from, fit, scatters);
}

/// A baseline that only experiments use: no tool is made of it.
template <class Options>
Entry baseline(const char* name, const char* summary, From from, FitSamples<Options> fit) {
  return learner<Options>(name, summary, from, fit);
}

/// All learners, one line each. apps/CMakeLists.txt makes a tool maha-NAME of every line that begins with `learner<`.
const std::vector<Entry>& all_learners() {
  // clang-format off
  static const std::vector<Entry> kAll = {
      baseline<euclidean::EuclideanOptions>("euclidean", "The Euclidean distance, with nothing learned.", From::nothing, euclidean::fit_euclidean),
      learner<covariance::CovarianceOptions>("cov", "M = inverse covariance of the rows: the distance of Mahalanobis, in one pass.", From::rows, covariance::fit_covariance, covariance::fit_scatters),
      learner<pca::PcaOptions>("pca", "The principal components of the rows: the directions in which they vary the most.", From::rows, pca::fit_pca, pca::fit_scatters),
      learner<lda::LdaOptions>("lda", "Linear discriminant analysis: the directions that tell classes apart, Fisher's.", From::labels, lda::fit_lda, lda::fit_scatters),
      learner<lfda::LfdaOptions>("lfda", "Local Fisher discriminants: classes apart, near rows of a class together (Sugiyama 2007).", From::labels, lfda::fit_lfda),
      learner<anmm::AnmmOptions>("anmm", "The directions in which near rows of other classes are farther than those of the own class (Wang & Zhang 2007).", From::labels, anmm::fit_anmm),
      learner<dmlmj::DmlmjOptions>("dmlmj", "The directions in which near rows of own and other classes differ most unlike (Nguyen et al. 2017).", From::labels, dmlmj::fit_dmlmj),
      learner<rca::RcaOptions>("rca", "Relevant component analysis: the inverse scatter within chunks, rows known to be of one class.", From::labels_or_chunks, rca::fit_rca, rca::fit_scatters),
      learner<mmc::MmcOptions>("mmc", "Learn a metric from similar and dissimilar pairs (Xing et al. 2002), certified.", From::pairs, mmc::fit_mmc),
      learner<dml_eig::DmlEigOptions>("dml-eig", "Learn a metric that keeps the nearest dissimilar pair far away (Ying & Li 2012), certified.", From::pairs, dml_eig::fit_dml_eig),
      learner<itml::ItmlOptions>("itml", "Learn a metric near a prior one from similar and dissimilar pairs (Davis et al. 2007).", From::pairs, itml::fit_itml),
      learner<sdml::SdmlOptions>("sdml", "Learn a sparse matrix near a prior one from similar and dissimilar pairs (Qi et al. 2009), certified.", From::pairs, sdml::fit_sdml),
      learner<gmml::GmmlOptions>("gmml", "The geometric mean of the scatters of similar and dissimilar pairs (Zadeh et al. 2016).", From::pairs, gmml::fit_gmml, gmml::fit_scatters),
      learner<kissme::KissmeOptions>("kissme", "The difference of the inverse scatters of similar and dissimilar pairs (Koestinger et al. 2012).", From::pairs, kissme::fit_kissme, kissme::fit_scatters),
      learner<xqda::XqdaOptions>("xqda", "The difference of inverse scatters where dissimilar pairs differ more (Liao et al. 2015).", From::labels_or_pairs, xqda::fit_xqda, xqda::fit_scatters),
      learner<lmnn::LmnnOptions>("lmnn", "Learn a metric by Large Margin Nearest Neighbor, with a proof of how good it is.", From::labels_or_triplets, lmnn::fit_lmnn),
      learner<mcml::McmlOptions>("mcml", "Learn a metric that collapses classes: maximally collapsing metric learning (Globerson & Roweis 2005), certified.", From::labels, mcml::fit_mcml),
      learner<scml::ScmlOptions>("scml", "Learn a sparse combination of local discriminants from triplets (Shi et al. 2014), certified.", From::labels_or_triplets, scml::fit_scml),
      learner<mlkr::MlkrOptions>("mlkr", "Metric learning for kernel regression: the distance that predicts a number best (Weinberger & Tesauro 2007).", From::target, mlkr::fit_mlkr),
      learner<rfm::RfmOptions>("rfm", "The recursive feature machine: the directions in which a kernel regression changes (Radhakrishnan et al. 2024).", From::labels_or_target, rfm::fit_rfm),
      learner<lsml::LsmlOptions>("lsml", "Learn a metric near a prior one by which of two pairs is the nearer (Liu et al. 2012), certified.", From::labels_or_quadruplets, lsml::fit_lsml),
      learner<nca::NcaOptions>("nca", "Neighbourhood components: the distance under which a soft vote of neighbours is right most often (Goldberger et al. 2005).", From::labels, nca::fit_nca),
      learner<ncmml::NcmmlOptions>("ncmml", "Learn a metric for the nearest class mean (Mensink et al. 2012), certified.", From::labels, ncmml::fit_ncmml),
      learner<ldml::LdmlOptions>("ldml", "Learn a metric by logistic discrimination of pairs, similar or not (Guillaumin et al. 2009), certified.", From::labels_or_pairs, ldml::fit_ldml),
      learner<embedding::SiameseOptions>("siamese", "Learn an embedding from pairs of rows, alike or not: a small network or a linear map.", From::labels_or_pairs, embedding::fit_siamese),
      learner<embedding::TripletOptions>("triplet", "Learn an embedding from triplets of rows: a small network or a linear map.", From::labels, embedding::fit_triplet),
  };
  // clang-format on
  return kAll;
}

}  // namespace

std::vector<std::string> learner_names() {
  std::vector<std::string> names;
  for (const Entry& entry : all_learners()) names.emplace_back(entry.name);
  return names;
}

std::unique_ptr<Learner> make_learner(const std::string& name) {
  for (const Entry& entry : all_learners()) {
    if (name == entry.name) return entry.make();
  }
  const std::vector<std::string> names = learner_names();
  const std::string meant = did_you_mean(name, names);
  throw UsageError(in_quotes(name) + " is no algorithm" + (meant.empty() ? "; there are " + join(names) : meant));
}

}  // namespace maha::learn
