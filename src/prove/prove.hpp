#pragma once
/// From a model, its proof and the raw data to where the optimum lies. Nothing here comes from a learner. What a proof
/// says is not believed but used: whatever it says, what is returned holds. docs/maha-prove.md has the formulas.

#include <string>

#include "core/error.hpp"
#include "core/pairs.hpp"
#include "core/triplets.hpp"
#include "data/model/model.hpp"
#include "data/model/proof.hpp"
#include "prove/near.hpp"

namespace maha::prove {

inline void require(bool holds, const std::string& otherwise) {
  if (!holds) throw InputError("not proved: " + otherwise);
}

/// What there is to prove it from.
struct Given {
  const data::Model& model;
  const data::Proof& proof;
  const MatrixRef X;  ///< n x d, the raw rows
  const Labels& y;    ///< and what is said of them
  Pairs pairs;
  Triplets triplets;

  /// A number that the model records, of its report or its parameters; 0 for a parameter that was left alone.
  double number(const std::string& name) const {
    const Report::Value* value = model.other.find(name);
    if (!value) value = model.parameters.find(name);
    if (!value) return 0;
    if (const auto* whole = std::get_if<std::int64_t>(value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(value)) return *real;
    return *value == Report::Value(true) ? 1 : 0;
  }

  /// A row of X. Throws InputError if there is none of that number.
  Index row(double which) const {
    require(which >= 0 && which < static_cast<double>(X.rows()), "the proof names a row that is not there");
    return static_cast<Index>(which);
  }

  /// What the features were divided by before they were learned from.
  RowVector scale() const {
    const Matrix& s = proof.at("scale");
    require(s.rows() == 1 && s.cols() == X.cols() && s.minCoeff() > 0, "the proof is of other features");
    return s;
  }

  /// The rows about their mean. With a ridge rho, rows n and n + 1 + f that differ by rho^(1/2) s_f in feature f alone,
  /// s the scale: their squared distances sum to rho times the trace of M over the scaled features.
  Matrix rows(double rho) const {
    const Index n = X.rows(), d = X.cols();
    Matrix all = Matrix::Zero(n + (rho > 0 ? d + 1 : 0), d);
    all.topRows(n) = X.rowwise() - X.colwise().mean();  // as it is computed: distances are the same about any row
    if (rho > 0) all.bottomRows(d) = Matrix((std::sqrt(rho) * scale()).asDiagonal());
    return all;
  }

  std::vector<Weighted> ridge(double rho, double weight) const {
    std::vector<Weighted> added;
    for (Index f = 0; rho > 0 && f < X.cols(); ++f) added.push_back({X.rows(), X.rows() + 1 + f, weight});
    return added;
  }

  /// L with M = L'L.
  Matrix factor() const {
    const metric::Metric& M = model.linear();
    require(M.dims() == X.cols(), "the model is of other features");
    if (M.form() == metric::Metric::Form::factor) return M.factor();
    const Matrix full = M.matrix();
    const Vector weights = full.diagonal();
    require(full == Matrix(weights.asDiagonal()) && weights.minCoeff() >= 0, "the model has M without a factor L");
    return weights.cwiseSqrt().asDiagonal();
  }

  /// U', for the basis U of the proof. Throws InputError unless U'x tells apart whatever features tell some of these
  /// rows apart, provided that U has full rank.
  Matrix basis(const std::vector<Index>& among) const {
    Matrix U = proof.at("basis").transpose();
    require(U.cols() == X.cols(), "the proof is of other features");
    Index apart = 0;
    for (Index f = 0; f < X.cols(); ++f) {
      const bool varies = std::any_of(among.begin(), among.end(), [&](Index i) { return X(i, f) != X(among[0], f); });
      apart += varies;
      if (!varies) U.col(f).setZero();
    }
    require(U.rows() == apart, "the rows differ in " + std::to_string(apart) + " features, and the proof is of " +
                                   std::to_string(U.rows()) + "; none is known where features depend on others");
    const auto used = U.array() != 0;
    require(number("diagonal") == 0 || ((used.rowwise().count() == 1).all() && (used.colwise().count() <= 1).all()),
            "the proof is not of a diagonal M");
    return U;
  }
};

/// What has been proven of a problem.
struct Proven {
  Interval objective;    ///< of the model's metric
  double bound;          ///< no metric has a better one
  bool maximum = false;  ///< more is better
};

Proven prove_lmnn(const Given& given);
Proven prove_mmc(const Given& given);
Proven prove_dml_eig(const Given& given);
Proven prove_itml(const Given& given);
Proven prove_lsml(const Given& given);

/// Where the optimum lies. Throws InputError, "not proved: ...", also if the figures of model and proof are others.
Interval prove(const Given& given);

}  // namespace maha::prove
