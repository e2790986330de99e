#include "learn/covariance/robust/exact_fit.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "core/text/rounded.hpp"

namespace maha::learn::covariance {
namespace {

constexpr double kPart = 1e-6;     // of the largest part of an equation, below which one is rounding
constexpr double kZero = 1e-9;     // of what it is the sum of, below which a constant is rounding
constexpr std::size_t kNamed = 8;  // features named in a message, so that it stays readable
constexpr int kDigits = 6;

/// sum a_j x_j = level; of two features or more, the one with the largest part first, with the coefficient 1.
struct Equation {
  std::vector<std::pair<Index, double>> terms;
  double level = 0;
};

Equation equation_of(const Vector& a, const Matrix& on_it) {
  const RowVector range = on_it.colwise().maxCoeff() - on_it.colwise().minCoeff();
  Vector part = a.cwiseAbs().cwiseProduct(range.transpose());
  if (part.maxCoeff() <= 0) part = a.cwiseAbs();
  std::vector<Index> order(static_cast<std::size_t>(a.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return part(i) > part(j); });
  Equation equation;
  double terms = 0;  // sum of their sizes
  const RowVector mean = on_it.colwise().mean();
  for (const Index j : order) {
    if (part(j) <= kPart * part(order.front())) break;
    const double coefficient = a(j) / a(order.front());
    equation.terms.emplace_back(j, coefficient);
    equation.level += coefficient * mean(j);
    terms += std::abs(coefficient * mean(j));
  }
  if (std::abs(equation.level) <= kZero * terms) equation.level = 0;
  return equation;
}

std::string text_of(const Equation& equation, const FeaturesError::Name& name) {
  std::string text;
  for (std::size_t k = 0; k < std::min(kNamed, equation.terms.size()); ++k) {
    const auto& [feature, coefficient] = equation.terms[k];
    if (k > 0) text += coefficient < 0 ? " - " : " + ";
    const std::string size = rounded(std::abs(coefficient), kDigits);
    text += (size == "1" ? "" : size + " * ") + name(feature);
  }
  if (equation.terms.size() > kNamed) text += " + " + std::to_string(equation.terms.size() - kNamed) + " terms more";
  return text + " = " + rounded(equation.level, kDigits);
}

}  // namespace

FeaturesError exact_fit_error(const Hyperplane& plane, const Matrix& A, const Matrix& X, Index h) {
  const Equation equation = equation_of(A.transpose() * plane.a, X(plane.rows, Eigen::all));
  const Index on_it = std::ssize(plane.rows), n = X.rows();
  const double share = std::ceil(1000 * static_cast<double>(on_it + 1) / static_cast<double>(n)) / 1000;
  const auto text = [=](const FeaturesError::Name& name) {
    return std::to_string(on_it) + " of " + std::to_string(n) + " rows have " + text_of(equation, name) +
           ": the robust covariance, of " + std::to_string(h) +
           " rows, would be singular, and all other rows infinitely far out";
  };
  const std::string which = equation.terms.size() > 1 ? "one of these" : "it";
  return FeaturesError(
      text, "; --drop " + which + ", or --support " + rounded(std::min(share, 1.0), 4) + " takes rows beyond these");
}

}  // namespace maha::learn::covariance
