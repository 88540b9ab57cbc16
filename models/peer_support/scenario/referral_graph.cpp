#include "models/peer_support/scenario/referral_graph.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

namespace peercap::peer_support {
namespace {

/// Sums of decimal fractions may miss 1 by this much.
constexpr double rounding = 1e-9;

std::optional<std::size_t> find_destination(const Referrals& referrals, const std::string& name) {
  const auto found = std::ranges::find(referrals.destinations, name, &ReferralDestination::name);
  if (found == referrals.destinations.end()) return std::nullopt;
  return static_cast<std::size_t>(found - referrals.destinations.begin());
}

double sum_of(const Shares& shares) {
  double sum = 0.0;
  for (const auto& [name, probability] : shares.weights) sum += probability;
  return sum;
}

/// Probabilities of the destinations by one kind of weight; all zero where no weight is positive.
std::vector<double> first_choices(const Referrals& referrals, double ReferralDestination::*weight) {
  double total = 0.0;
  for (const ReferralDestination& d : referrals.destinations) total += d.*weight;
  std::vector<double> choices;
  for (const ReferralDestination& d : referrals.destinations)
    choices.push_back(total > 0.0 ? d.*weight / total : 0.0);
  return choices;
}

/// Solves matrix * x = right by Gauss's elimination with pivots by column; the matrix is not singular.
std::vector<double> solve(std::vector<std::vector<double>> matrix, std::vector<double> right) {
  const std::size_t n = right.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i)
      if (std::abs(matrix[i][k]) > std::abs(matrix[pivot][k])) pivot = i;
    std::swap(matrix[k], matrix[pivot]);
    std::swap(right[k], right[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = matrix[i][k] / matrix[k][k];
      for (std::size_t j = k; j < n; ++j) matrix[i][j] -= factor * matrix[k][j];
      right[i] -= factor * right[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) right[k] -= matrix[k][j] * right[j];
    right[k] /= matrix[k][k];
  }
  return right;
}

std::vector<bool> reached_from(const ReferralGraph::Graph& graph, std::size_t start) {
  std::vector<boost::default_color_type> colors(boost::num_vertices(graph));
  const auto by_vertex = boost::make_iterator_property_map(colors.begin(), get(boost::vertex_index, graph));
  boost::breadth_first_search(graph, start, boost::color_map(by_vertex));
  std::vector<bool> reached;
  for (const auto color : colors) reached.push_back(color != boost::white_color);
  return reached;
}

/// Calls `visit(from, to, probability)` for each step. (By vertices: GCC 12 warns of boost::edges.)
template <class Visit>
void for_each_step(const ReferralGraph::Graph& graph, Visit visit) {
  for (std::size_t from = 0; from < boost::num_vertices(graph); ++from) {
    const auto [begin, end] = boost::out_edges(from, graph);
    for (auto edge = begin; edge != end; ++edge)
      visit(from, boost::target(*edge, graph), graph[*edge].probability);
  }
}

std::string text_of(double probability) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", probability);
  return text;
}

}  // namespace

ReferralGraph::ReferralGraph(const Referrals& referrals, double personal_share)
    : graph_(referrals.destinations.size() + 2) {
  const auto add = [this](std::size_t from, std::size_t to, double probability) {
    if (probability > 0.0) boost::add_edge(from, to, ReferralStep{probability}, graph_);
  };
  const auto event = first_choices(referrals, &ReferralDestination::weight_event);
  const auto personal = first_choices(referrals, &ReferralDestination::weight_personal);
  double taken_up = 0.0;
  for (std::size_t d = 0; d < destination_count(); ++d) {
    const double chosen = (1.0 - personal_share) * event[d] + personal_share * personal[d];
    const double goes = chosen * referrals.destinations[d].acceptance.value;
    add(supporter, vertex_of(d), goes);
    taken_up += goes;
  }
  add(supporter, closed(), 1.0 - taken_up);
  for (std::size_t d = 0; d < destination_count(); ++d) {
    const Shares& onward = referrals.destinations[d].onward;
    for (const auto& [name, probability] : onward.weights)
      if (const auto target = find_destination(referrals, name))
        add(vertex_of(d), vertex_of(*target), probability);
    const double rest = 1.0 - sum_of(onward);
    if (rest > rounding) add(vertex_of(d), closed(), rest);
  }
}

std::vector<std::vector<std::size_t>> ReferralGraph::find_traps() const {
  const std::size_t vertices = boost::num_vertices(graph_);
  std::vector<std::size_t> component(vertices);
  const auto by_vertex =
      boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph_));
  const std::size_t components = boost::strong_components(graph_, by_vertex);
  std::vector<bool> has_exit(components);
  for_each_step(graph_, [&](std::size_t from, std::size_t to, double) {
    if (component[from] != component[to]) has_exit[component[from]] = true;
  });
  // Whoever leaves each component that is not the last comes to one without exit in the end. If that is
  // always `closed`, every way ends.
  const auto reached = reached_from(graph_, supporter);
  std::vector<std::vector<std::size_t>> members(components);
  for (std::size_t d = 0; d < destination_count(); ++d)
    if (reached[vertex_of(d)] && !has_exit[component[vertex_of(d)]])
      members[component[vertex_of(d)]].push_back(d);
  std::erase_if(members, [](const auto& group) { return group.empty(); });
  std::ranges::sort(members);
  return members;
}

std::vector<double> ReferralGraph::expected_visits() const {
  const std::size_t n = destination_count();
  std::vector<double> first(n);
  std::vector<std::vector<double>> matrix(n, std::vector<double>(n));
  for (std::size_t d = 0; d < n; ++d) matrix[d][d] = 1.0;
  for_each_step(graph_, [&](std::size_t from, std::size_t to, double probability) {
    if (to == closed()) return;
    if (from == supporter)
      first[to - 1] += probability;
    else
      matrix[to - 1][from - 1] -= probability;
  });
  return solve(std::move(matrix), std::move(first));
}

std::vector<RoutingProblem> check_routing(const Referrals& referrals, double personal_share) {
  std::vector<RoutingProblem> problems;
  const auto path_of = [&](std::size_t d) {
    return "referrals.destinations[" + referrals.destinations[d].name + "].onward";
  };
  for (std::size_t d = 0; d < referrals.destinations.size(); ++d) {
    const Shares& onward = referrals.destinations[d].onward;
    for (const auto& [name, probability] : onward.weights)
      if (!find_destination(referrals, name))
        problems.push_back({path_of(d) + "." + name, "`" + name + "` is not among the destinations",
                            "add it under `referrals.destinations`, or correct the name"});
    if (const double sum = sum_of(onward); sum > 1.0 + rounding)
      problems.push_back({path_of(d), "the probabilities add up to " + text_of(sum) + ", more than 1",
                          "lower them; what is missing to 1 is the probability of being done"});
  }
  if (!problems.empty()) return problems;
  for (const auto& group : ReferralGraph{referrals, personal_share}.find_traps()) {
    std::string names;
    for (const std::size_t d : group)
      names += (names.empty() ? "`" : ", `") + referrals.destinations[d].name + "`";
    problems.push_back({path_of(group.front()),
                        "clients go round for ever within " + names + ": no way leads out",
                        "let the probabilities of one of them add up to less than 1"});
  }
  return problems;
}

}  // namespace peercap::peer_support
